package org.symbolon.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.OpenToken;
import org.symbolon.config.ServeConfiguration;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.ServerHealth;
import org.symbolon.ssh.CachedAuthorizedKeys;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.certificate.KrlFile;
import org.symbolon.ssh.lookup.SshLookup;
import org.symbolon.ssh.lookup.SshLookupServer;

/** The part of {@code symbolon serve} that OpenSSH's server sees: look-ups on a socket, and its file of revoked keys. */
final class ServedSsh implements ServedPart {
    private final OpenToken token;
    private final CachedAuthorizedKeys keys;
    private @Nullable SshLookupServer lookups;
    private @Nullable KrlFile revoked;

    private ServedSsh(OpenToken token, CachedAuthorizedKeys keys) {
        this.token = token;
        this.keys = keys;
    }

    /** Starts what the configuration has of it. */
    static Optional<ServedSsh> start(ServeConfiguration serve, Configuration configuration, TokenOptions given)
            throws CommandFailure, ConfigurationException, TokenException, IOException {
        ServeConfiguration.Ssh ssh = serve.ssh();
        if (!ssh.isWanted()) {
            return Optional.empty();
        }
        TokenConfiguration configured = given.choose(
                configuration,
                ssh.token().isPresent() ? ssh.token() : configuration.ssh().users());
        OpenToken token = configured.open();
        ServedSsh served = new ServedSsh(token, CachedAuthorizedKeys.of(token.session(), configuration.ssh()));
        boolean started = false;
        try {
            served.begin(ssh, serve.maxClients());
            started = true;
            return Optional.of(served);
        } catch (SshFormatException e) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } finally {
            if (!started) {
                served.close();
            }
        }
    }

    private void begin(ServeConfiguration.Ssh ssh, int maxClients)
            throws IOException, TokenException, SshFormatException {
        if (ssh.revokedKeys().isPresent()) {
            revoked = KrlFile.following(token.session(), ssh.revokedKeys().get());
        }
        if (ssh.lookup().isPresent()) {
            lookups = SshLookupServer.start(ssh.lookup().get(), ssh.users(), new SshLookup(keys), maxClients);
        }
    }

    @Override
    public List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        if (lookups != null) {
            addresses.add("ssh-lookup:" + lookups.address());
        }
        return addresses;
    }

    @Override
    public void writeTo(PrometheusText text) {
        keys.writeTo(text);
        if (lookups != null) {
            lookups.writeTo(text);
        }
    }

    @Override
    public ServerHealth health() {
        return lookups == null ? new ServerHealth(List.of()) : lookups.health();
    }

    @Override
    public void close() {
        if (lookups != null) {
            lookups.close();
        }
        if (revoked != null) {
            revoked.close();
        }
        keys.close();
        token.close();
    }
}

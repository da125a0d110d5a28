package org.symbolon.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbolon.TokenException;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.KmipConfiguration;
import org.symbolon.config.KmipConfiguration.ClientName;
import org.symbolon.config.KmipConfiguration.Secret;
import org.symbolon.config.OpenToken;
import org.symbolon.config.ServeConfiguration;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.kmip.server.CertificateName;
import org.symbolon.kmip.server.KmipAccess;
import org.symbolon.kmip.server.KmipServer;
import org.symbolon.kmip.server.KmipServerBuilder;
import org.symbolon.kmip.server.KmipUsers;
import org.symbolon.kmip.server.PasswordHash;
import org.symbolon.serve.PrometheusText;
import org.symbolon.serve.ServerHealth;
import org.symbolon.serve.TlsFiles;

/** The part of {@code symbolon serve} that KMIP clients see: a token, opened as the configuration says, and the server over it. */
final class ServedKmip implements ServedPart {
    private static final Map<ClientName, CertificateName> NAMES = Map.of(
            ClientName.SUBJECT, CertificateName.SUBJECT,
            ClientName.COMMON_NAME, CertificateName.COMMON_NAME,
            ClientName.EMAIL, CertificateName.EMAIL,
            ClientName.DNS, CertificateName.DNS,
            ClientName.URI, CertificateName.URI);

    private final OpenToken token;
    private final KmipServer server;

    private ServedKmip(OpenToken token, KmipServer server) {
        this.token = token;
        this.server = server;
    }

    /** Starts the server, if the configuration has one. */
    static Optional<ServedKmip> start(ServeConfiguration serve, Configuration configuration, TokenOptions given)
            throws CommandFailure, ConfigurationException, TokenException, IOException {
        Optional<KmipConfiguration> kmip = serve.kmip();
        return kmip.isPresent()
                ? Optional.of(start(kmip.get(), serve, token(kmip.get(), configuration, given)))
                : Optional.empty();
    }

    private static TokenConfiguration token(KmipConfiguration kmip, Configuration configuration, TokenOptions given)
            throws CommandFailure, ConfigurationException {
        if (given.isGiven()) {
            return given.choose(configuration);
        } else if (kmip.token().isPresent()) {
            return configuration.token(kmip.token().get());
        } else if (configuration.tokens().size() == 1) {
            return configuration.tokens().values().iterator().next();
        }
        throw CommandFailure.usage("which token do KMIP clients see? Name it: serve.kmip.token");
    }

    private static ServedKmip start(KmipConfiguration kmip, ServeConfiguration serve, TokenConfiguration configured)
            throws ConfigurationException, TokenException, IOException {
        OpenToken token = configured.open();
        boolean started = false;
        try {
            KmipServerBuilder builder = KmipServer.builder(token.session())
                    .tls(address(kmip.tls().address()), files(kmip.tls()))
                    .authenticator(users(kmip))
                    .access(access(kmip))
                    .idle(kmip.idle())
                    .keepDestroyed(kmip.keepDestroyed())
                    .leaseTime(kmip.leaseTime())
                    .uniqueNames(kmip.uniqueNames())
                    .maxClients(serve.maxClients())
                    .requestTimeout(serve.requestTimeout())
                    .drain(serve.drain());
            kmip.path().ifPresentOrElse(builder::https, builder::withoutHttps);
            if (!kmip.certificates()) {
                builder.certificateOptional();
            }
            ServedKmip served = new ServedKmip(token, builder.start());
            started = true;
            return served;
        } finally {
            if (!started) {
                token.close();
            }
        }
    }

    static InetSocketAddress address(ServeConfiguration.Address address) {
        return new InetSocketAddress(address.host(), address.port());
    }

    static TlsFiles files(ServeConfiguration.Tls tls) {
        return new TlsFiles(tls.keyStore(), tls.keyStorePassword(), tls.trust(), tls.revoked());
    }

    private static KmipUsers users(KmipConfiguration kmip) {
        KmipUsers.Builder users = KmipUsers.builder()
                .certificates(NAMES.getOrDefault(kmip.clientName(), CertificateName.SUBJECT))
                .credentialRequired(kmip.credentials());
        kmip.users().forEach((name, user) -> {
            if (user.password() instanceof Secret.Referred password) {
                users.user(name, password.reference());
            } else if (user.password() instanceof Secret.Hashed password) {
                users.user(name, PasswordHash.parse(password.text()));
            }
            user.certificate().ifPresent(certificate -> users.only(name, certificate));
            user.oneTimeKey().ifPresent(key -> users.oneTimePasswords(name, key));
            user.devices().forEach(device -> users.device(device, name));
        });
        return users.build();
    }

    private static KmipAccess access(KmipConfiguration kmip) {
        KmipAccess access =
                KmipAccess.ofDefaults().withPublicObjects(kmip.publicObjects()).withUnowned(kmip.unownedObjects());
        for (String name : kmip.administrators()) {
            access = access.withAdministrator(name);
        }
        for (Map.Entry<String, KmipConfiguration.Group> group : kmip.groups().entrySet()) {
            access = access.withGroup(
                    group.getKey(),
                    new KmipAccess.Group(
                            group.getValue().readers(), group.getValue().writers()));
        }
        return access;
    }

    /** Returns where the server listens. */
    String address() {
        return "kmip://" + server.address().getAddress().getHostAddress() + ":"
                + server.address().getPort();
    }

    @Override
    public List<String> addresses() {
        return List.of(address());
    }

    @Override
    public void writeTo(PrometheusText text) {
        server.writeTo(text);
    }

    @Override
    public ServerHealth health() {
        return server.health();
    }

    @Override
    public void close() {
        server.close();
        token.close();
    }
}

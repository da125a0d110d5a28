package org.symbolon.ssh.mina;

import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.helpers.AbstractFactoryManager;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.symbolon.ssh.TokenSigner;

/**
 * Sets up MINA servers and clients so that keys of tokens work in them, and fast.
 *
 * <ul>
 *   <li>{@link TokenSignatureFactories}: with and without Bouncy Castle on the class path, Ed25519 included; no SHA-1.
 *   <li>TCP_NODELAY, without which a login waits for some 80 ms of Nagle's algorithm.
 *   <li>curve25519 before Bouncy Castle's sntrup761, which costs 70 to 100 ms of CPU a login. A client that prefers sntrup761,
 *       as OpenSSH does, still gets it.
 *   <li>Servers: 32 I/O workers, since the look-up of keys and the host key's signature may wait for a token there, with a
 *       deadline, and never on more than half of them ({@link ServerLimits}).
 *   <li>Servers: what a {@link TokenPublickeyAuthenticator} restricts, sessions keep.
 * </ul>
 */
public final class TokenSsh {
    private static final String SLOW = "sntrup";
    private static final String FAST = "curve25519-sha256";

    private TokenSsh() {}

    /**
     * Sets up a server, before it is started. Its host keys and authenticator are set by the caller.
     *
     * @param server the server; changed
     * @return the same server
     */
    public static SshServer configure(SshServer server) {
        return configure(server, ServerLimits.ofDefaults());
    }

    /**
     * Sets up a server, before it is started, with limits of its own.
     *
     * @param server the server; changed
     * @param limits what it spends on its clients
     * @return the same server
     */
    public static SshServer configure(SshServer server, ServerLimits limits) {
        TokenSigner signer = new TokenSigner();
        TokenCalls signatures = limits.signatures();
        common(
                server,
                TokenSignatureFactories.of(
                        (key, algorithm, data) -> signatures.call(() -> signer.sign(key, algorithm, data))));
        CoreModuleProperties.NIO_WORKERS.set(server, limits.workers());
        CoreModuleProperties.AUTH_TIMEOUT.set(server, limits.loginGrace());
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, limits.maxAuthRequests());
        server.addSessionListener(new UserAuthSeam(limits.lookups()));
        server.addSessionListener(new UnauthenticatedSessions(limits.maxUnauthenticated()));
        SessionRestrictions.install(server);
        return server;
    }

    /**
     * Sets up a client, before it is started. Its identities and its trust in hosts are set by the caller.
     *
     * @param client the client; changed
     * @return the same client
     */
    public static SshClient configure(SshClient client) {
        common(client, TokenSignatureFactories.of(new TokenSigner()));
        return client;
    }

    private static void common(AbstractFactoryManager manager, List<NamedFactory<Signature>> signatures) {
        manager.setSignatureFactories(signatures);
        manager.setKeyExchangeFactories(slowLater(manager.getKeyExchangeFactories()));
        CoreModuleProperties.TCP_NODELAY.set(manager, true);
    }

    private static List<KeyExchangeFactory> slowLater(List<KeyExchangeFactory> factories) {
        List<KeyExchangeFactory> slow = factories.stream()
                .filter(factory -> factory.getName().startsWith(SLOW))
                .toList();
        List<KeyExchangeFactory> ordered = new ArrayList<>(factories);
        ordered.removeAll(slow);
        int fast = NamedResource.getNameList(ordered).indexOf(FAST);
        ordered.addAll(fast < 0 ? ordered.size() : fast + 1, slow);
        return ordered;
    }
}

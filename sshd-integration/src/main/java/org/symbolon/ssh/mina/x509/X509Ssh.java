package org.symbolon.ssh.mina.x509;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.server.SshServer;
import org.symbolon.ssh.x509.TokenX509Keys;
import org.symbolon.ssh.x509.X509Algorithm;
import org.symbolon.ssh.x509.X509Validator;

/**
 * Sets up MINA servers and clients for X.509 certificates, after {@link org.symbolon.ssh.mina.TokenSsh#configure} and before
 * they are started.
 */
public final class X509Ssh {
    private static final String GROUP_EXCHANGE = "diffie-hellman-group-exchange-";

    private X509Ssh() {}

    /**
     * Lets a server hear of users' certificates. {@link X509UserKeys}, with the same validator, decides about them.
     *
     * @param server the server; changed
     * @param validator the validator, for the algorithms that it accepts
     */
    public static void acceptUsers(SshServer server, X509Validator validator) {
        server.setSignatureFactories(
                X509SignatureFactories.before(server.getSignatureFactories(), validator.algorithms()));
    }

    /**
     * Shows clients that can read them the certificates of a token's keys as host keys, beside the plain host keys that the
     * server has already. The server offers no group exchange (RFC 4419) any more: MINA's would sign certificates under a wrong
     * name.
     *
     * @param server the server; changed
     * @param keys the keys with their certificates, to be closed after the server
     */
    public static void presentHosts(SshServer server, TokenX509Keys keys) {
        server.setSignatureFactories(
                X509SignatureFactories.before(server.getSignatureFactories(), X509Algorithm.defaults()));
        server.setKeyExchangeFactories(server.getKeyExchangeFactories().stream()
                .filter(each -> !each.getName().startsWith(GROUP_EXCHANGE))
                .toList());
        server.setKeyPairProvider(
                new X509HostKeys(new CertifiedKeyPairs(keys), Optional.ofNullable(server.getKeyPairProvider())));
    }

    /**
     * Lets a client know hosts by their authority and their name.
     *
     * @param client the client; changed
     * @param validator whose certificates are trusted
     * @param others decides about hosts that show a plain key
     */
    public static void verifyHosts(SshClient client, X509Validator validator, ServerKeyVerifier others) {
        client.setSignatureFactories(
                X509SignatureFactories.before(client.getSignatureFactories(), validator.algorithms()));
        List<KeyExchangeFactory> exchanges = new ArrayList<>();
        client.getKeyExchangeFactories().forEach(plain -> exchanges.add(X509KeyExchange.of(plain)));
        client.setKeyExchangeFactories(exchanges);
        client.setServerKeyVerifier(new X509ServerKeyVerifier(validator, others));
    }

    /**
     * Lets a client log in with the certificates of a token's keys, before the other keys that it has already.
     *
     * @param client the client; changed
     * @param keys the keys with their certificates, to be closed after the client
     */
    public static void presentUsers(SshClient client, TokenX509Keys keys) {
        client.setKeyIdentityProvider(
                new X509Identities(new CertifiedKeyPairs(keys), Optional.ofNullable(client.getKeyIdentityProvider())));
        UserAuthFactory certified = new X509UserAuth.Factory(
                X509SignatureFactories.before(client.getSignatureFactories(), X509Algorithm.defaults()));
        List<UserAuthFactory> known =
                Optional.ofNullable(client.getUserAuthFactories()).orElse(SshClient.DEFAULT_USER_AUTH_FACTORIES);
        client.setUserAuthFactories(known.stream()
                .map(each -> each instanceof UserAuthPublicKeyFactory ? certified : each)
                .toList());
    }
}

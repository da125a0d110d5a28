package org.symbolon.ssh.sshj;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.AuthParams;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;
import net.schmizz.sshj.userauth.method.AuthMethod;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.certificate.CertificateKind;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * The {@code publickey} method (RFC 4252 section 7) with one key of a token, for {@code SSHClient.auth}.
 *
 * <p>The key is offered first and signs only if the server would take it: with each OpenSSH certificate that it has and that
 * is valid now, then alone. An RSA key is offered for rsa-sha2-512, then for rsa-sha2-256. The signature is made on the thread that reads the connection, which waits for the token meanwhile. Like
 * every method of sshj it may be used again, but by one login at a time.
 */
@SuppressWarnings("exports") // who calls this requires sshj; modules that do not must compile without
public final class TokenAuthPublickey extends AbstractAuthMethod {
    private final TokenSshKey key;
    private final TokenSigner signer;
    private final Deque<Offer> untried = new ArrayDeque<>();

    /** A public key or certificate, and the name under which it is offered. */
    private record Offer(SshSignatureAlgorithm algorithm, String name, Bytes blob) {}

    /**
     * Makes the method.
     *
     * @param key the key
     * @param signer makes the signatures; may be shared
     */
    public TokenAuthPublickey(TokenSshKey key, TokenSigner signer) {
        super("publickey");
        this.key = key;
        this.signer = signer;
    }

    /**
     * A method for each key. A server takes only a few before it ends the connection (OpenSSH: six).
     *
     * @param keys the keys, which stay the caller's; those that are there now
     * @return the methods, to be tried in this order; a new list
     */
    public static List<AuthMethod> of(TokenSshKeys keys) {
        return keys.keys().stream()
                .<AuthMethod>map(key -> new TokenAuthPublickey(key, keys.signer()))
                .toList();
    }

    @Override
    public void init(AuthParams authentication) {
        super.init(authentication);
        untried.clear();
        List<SshSignatureAlgorithm> algorithms = key.publicKey().type().signatureAlgorithms();
        for (SshCertificate certificate : key.certificates(CertificateKind.USER, Instant.now())) {
            algorithms.forEach(algorithm ->
                    untried.add(new Offer(algorithm, algorithm.certificateName(), Bytes.wrap(certificate.blob()))));
        }
        algorithms.forEach(algorithm -> untried.add(new Offer(
                algorithm, algorithm.wireName(), Bytes.wrap(key.publicKey().blob()))));
    }

    @Override
    public boolean shouldRetry() {
        untried.poll();
        return !untried.isEmpty();
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return request(false);
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException, TransportException {
        if (message == Message.USERAUTH_60) {
            params.getTransport().write(signed(request(true)));
        } else {
            super.handle(message, packet);
        }
    }

    private SSHPacket request(boolean signed) throws UserAuthException {
        SSHPacket request = super.buildReq();
        request.putBoolean(signed);
        request.putString(untried.element().name());
        request.putString(untried.element().blob().toByteArray());
        return request;
    }

    private SSHPacket signed(SSHPacket request) throws UserAuthException {
        byte[] data = new Buffer.PlainBuffer()
                .putString(params.getTransport().getSessionID())
                .putBuffer(request)
                .getCompactData();
        try {
            request.putString(signer.sign(key.privateKey(), untried.element().algorithm(), data)
                    .toBlob());
            return request;
        } catch (TokenException | SshFormatException | IllegalStateException e) {
            throw new UserAuthException(key + " cannot sign: " + e.getMessage(), e);
        }
    }

    /** The method and the key. */
    @Override
    public String toString() {
        return "publickey with " + key;
    }
}

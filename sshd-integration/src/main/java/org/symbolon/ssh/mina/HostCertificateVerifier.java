package org.symbolon.ssh.mina;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.certificate.KeyRevocationList;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * A MINA client's trust in hosts that show OpenSSH certificates: {@code @cert-authority} of OpenSSH's known_hosts. Thread-safe.
 *
 * <p>A certificate is accepted if a trusted CA signed it for the name or address that the client connected to, it is valid now
 * and not revoked. Plain host keys are for another verifier to judge.
 */
public final class HostCertificateVerifier implements ServerKeyVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(HostCertificateVerifier.class);

    private final Predicate<SshPublicKey> trustedAuthority;
    private final Supplier<KeyRevocationList> revoked;
    private final ServerKeyVerifier plainKeys;

    /**
     * Makes a verifier that knows of nothing revoked.
     *
     * @param trustedAuthority whether a CA may certify hosts
     * @param plainKeys judges hosts that show a key without a certificate
     */
    public HostCertificateVerifier(Predicate<SshPublicKey> trustedAuthority, ServerKeyVerifier plainKeys) {
        this(trustedAuthority, () -> KeyRevocationList.union(List.of()), plainKeys);
    }

    /**
     * Makes a verifier.
     *
     * @param trustedAuthority whether a CA may certify hosts
     * @param revoked which CAs, certificates and certified keys are revoked, as it is now
     * @param plainKeys judges hosts that show a key without a certificate
     */
    public HostCertificateVerifier(
            Predicate<SshPublicKey> trustedAuthority,
            Supplier<KeyRevocationList> revoked,
            ServerKeyVerifier plainKeys) {
        this.trustedAuthority = trustedAuthority;
        this.revoked = revoked;
        this.plainKeys = plainKeys;
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress remote, PublicKey key) {
        return key instanceof OpenSshCertificate shown
                ? isTrusted(session, shown)
                : plainKeys.verifyServerKey(session, remote, key);
    }

    private boolean isTrusted(ClientSession session, OpenSshCertificate shown) {
        ByteArrayBuffer blob = new ByteArrayBuffer();
        blob.putRawPublicKey(shown);
        Optional<String> host = host(session.getConnectAddress());
        try {
            SshCertificate certificate = SshCertificate.parse(blob.getCompactData());
            if (host.isEmpty()) {
                LOG.warn("The {} is refused: the name of the host is not known", certificate);
                return false;
            }
            certificate.requireHost(host.get(), Instant.now());
            boolean trusted = trustedAuthority.test(certificate.authority());
            boolean isRevoked = revoked.get().isRevoked(certificate);
            if (!trusted || isRevoked) {
                LOG.warn("The {} is refused: {}", certificate, trusted ? "it is revoked" : "its CA is not trusted");
            }
            return trusted && !isRevoked;
        } catch (GeneralSecurityException e) {
            LOG.warn("The host's certificate is refused: {}", e.getMessage());
            return false;
        }
    }

    /** What the client was told to connect to, before it was looked up. */
    private static Optional<String> host(SocketAddress address) {
        if (address instanceof SshdSocketAddress named) {
            return Optional.of(named.getHostName());
        }
        return address instanceof InetSocketAddress internet ? Optional.of(internet.getHostString()) : Optional.empty();
    }
}

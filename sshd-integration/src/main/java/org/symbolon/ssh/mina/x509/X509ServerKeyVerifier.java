package org.symbolon.ssh.mina.x509;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ssh.x509.HostNames;
import org.symbolon.ssh.x509.X509Purpose;
import org.symbolon.ssh.x509.X509Validator;

/** Knows hosts by their authority and their name, and others as another verifier does. Thread-safe. */
final class X509ServerKeyVerifier implements ServerKeyVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(X509ServerKeyVerifier.class);

    private final X509Validator validator;
    private final ServerKeyVerifier others;

    X509ServerKeyVerifier(X509Validator validator, ServerKeyVerifier others) {
        this.validator = validator;
        this.others = others;
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
        if (!(key instanceof X509PublicKey certified)) {
            return others.verifyServerKey(session, address, key);
        }
        Optional<String> host = host(session.getConnectAddress());
        if (host.isEmpty()) {
            LOG.warn("Refused: host {}: it was not reached by a name or an address", address);
            return false;
        }
        try {
            X509Certificate leaf = validator.validate(certified.keyBlob(), X509Purpose.HOST, "host " + host.get());
            HostNames.require(leaf, host.get());
            return true;
        } catch (GeneralSecurityException e) {
            LOG.warn("Refused: host {}: {}", host.get(), e.getMessage());
            return false;
        }
    }

    /** The host as the user named it; nothing is looked up. */
    private static Optional<String> host(SocketAddress address) {
        if (address instanceof SshdSocketAddress named) {
            return Optional.of(named.getHostName());
        }
        return address instanceof InetSocketAddress internet ? Optional.of(internet.getHostString()) : Optional.empty();
    }
}

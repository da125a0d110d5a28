package org.symbolon.ssh.mina.x509;

import java.security.KeyPair;
import java.util.List;
import org.symbolon.ssh.x509.TokenX509Keys;

/** A token's keys with certificates as MINA's key pairs. */
final class CertifiedKeyPairs {
    private final TokenX509Keys keys;

    CertifiedKeyPairs(TokenX509Keys keys) {
        this.keys = keys;
    }

    List<KeyPair> get() {
        return keys.keys().stream()
                .map(each ->
                        new KeyPair(new X509PublicKey(each.blob()), each.key().privateKey()))
                .toList();
    }
}

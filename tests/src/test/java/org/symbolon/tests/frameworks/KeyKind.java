package org.symbolon.tests.frameworks;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;

/** The kinds of keys that frameworks are tried with: the columns of the table. */
enum KeyKind {
    RSA("RSA", Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048)),
    PSS("RSASSA-PSS", Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048)),
    P256("P-256", Mechanism.keyPairGen(NamedCurve.P256)),
    P384("P-384", Mechanism.keyPairGen(NamedCurve.P384)),
    ED25519("Ed25519", Mechanism.keyPairGen(NamedCurve.ED25519));

    private final String title;
    private final Mechanism generator;

    KeyKind(String title, Mechanism generator) {
        this.title = title;
        this.generator = generator;
    }

    String title() {
        return title;
    }

    Mechanism generator() {
        return generator;
    }

    boolean isRsa() {
        return this == RSA || this == PSS;
    }

    boolean isEc() {
        return this == P256 || this == P384;
    }

    /** Returns the public key as the certificate has it: of a key for PSS alone, with PSS's own identifier. */
    PublicKey certified(PublicKey key) throws GeneralSecurityException {
        if (this != PSS) {
            return key;
        }
        RSAPublicKey rsa = (RSAPublicKey) key;
        return KeyFactory.getInstance("RSASSA-PSS")
                .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
    }
}

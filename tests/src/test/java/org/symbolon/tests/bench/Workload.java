package org.symbolon.tests.bench;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import org.symbolon.Mechanism;

/** What is measured: signing a message of 64 bytes, or encrypting one of a given length. */
enum Workload {
    RSA_2048("RSA-2048 PKCS #1 SHA-256", "SHA256withRSA", Mechanism.SHA256_RSA_PKCS) {
        @Override
        KeyPairGenerator generator(Provider provider) throws NoSuchAlgorithmException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
            generator.initialize(2048);
            return generator;
        }

        @Override
        Mechanism keyPairGen() {
            return Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048);
        }
    },
    ECDSA_P256("ECDSA P-256 SHA-256", "SHA256withECDSA", Mechanism.ECDSA_SHA256) {
        @Override
        KeyPairGenerator generator(Provider provider)
                throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
            return curve(provider, "secp256r1");
        }

        @Override
        Mechanism keyPairGen() {
            return Mechanism.EC_KEY_PAIR_GEN.curve("P-256");
        }
    },
    ECDSA_P384("ECDSA P-384 SHA-384", "SHA384withECDSA", Mechanism.ECDSA_SHA384) {
        @Override
        KeyPairGenerator generator(Provider provider)
                throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
            return curve(provider, "secp384r1");
        }

        @Override
        Mechanism keyPairGen() {
            return Mechanism.EC_KEY_PAIR_GEN.curve("P-384");
        }
    },
    ED25519("Ed25519", "Ed25519", Mechanism.EDDSA) {
        @Override
        KeyPairGenerator generator(Provider provider) throws NoSuchAlgorithmException {
            return KeyPairGenerator.getInstance("Ed25519", provider);
        }

        @Override
        Mechanism keyPairGen() {
            return Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519");
        }
    },
    AES_GCM_1K("AES-128-GCM 1 KiB", 1024),
    AES_GCM_64K("AES-128-GCM 64 KiB", 64 * 1024);

    static final String GCM = "AES/GCM/NoPadding";
    static final int AES_KEY_BYTES = 16;
    static final int TAG_BITS = 128;
    private static final int SIGNED_BYTES = 64;

    private final String title;
    private final String algorithm;
    private final Mechanism mechanism;
    private final int messageBytes;

    Workload(String title, String algorithm, Mechanism mechanism) {
        this.title = title;
        this.algorithm = algorithm;
        this.mechanism = mechanism;
        this.messageBytes = SIGNED_BYTES;
    }

    Workload(String title, int messageBytes) {
        this.title = title;
        this.algorithm = GCM;
        this.mechanism = Mechanism.AES_KEY_GEN.bytes(AES_KEY_BYTES);
        this.messageBytes = messageBytes;
    }

    String title() {
        return title;
    }

    boolean isSignature() {
        return !algorithm.equals(GCM);
    }

    /** Returns the JCA's name of the Signature, or the transformation of the Cipher. */
    String algorithm() {
        return algorithm;
    }

    /** Returns by which mechanism a token signs. */
    Mechanism mechanism() {
        return mechanism;
    }

    byte[] message() {
        return new byte[messageBytes];
    }

    KeyPair keyPair(Provider provider) throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
        return generator(provider).generateKeyPair();
    }

    KeyPairGenerator generator(Provider provider) throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
        throw new IllegalStateException(title + " has no key pair");
    }

    /** Returns by which mechanism a token makes the key pair, or the secret key. */
    Mechanism keyPairGen() {
        return mechanism;
    }

    private static KeyPairGenerator curve(Provider provider, String name)
            throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(name));
        return generator;
    }
}

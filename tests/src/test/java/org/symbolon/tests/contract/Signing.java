package org.symbolon.tests.contract;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.List;
import org.symbolon.HashAlgorithm;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;

/**
 * A mechanism that signs, with the keys that it wants and the JDK's way to verify.
 *
 * @param name in words, for reports
 * @param mechanism the mechanism
 * @param keys what generates its keys
 * @param input makes of a message what the mechanism signs
 * @param verifier tells whether a signature is that of a message
 */
record Signing(String name, Mechanism mechanism, Mechanism keys, Input input, Verifier verifier) {
    private static final Mechanism RSA = Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048);
    private static final Mechanism ED25519 = Mechanism.EC_EDWARDS_KEY_PAIR_GEN.curve("Ed25519");
    private static final String SHA256_DIGEST_INFO = "3031300d060960864801650304020105000420";

    @FunctionalInterface
    interface Input {
        byte[] of(byte[] message) throws GeneralSecurityException;
    }

    @FunctionalInterface
    interface Verifier {
        boolean verify(PublicKey key, byte[] message, byte[] signature) throws GeneralSecurityException;
    }

    /** Those that the JDK verifies too. */
    static final List<Signing> ALL = List.of(
            rsa("CKM_SHA1_RSA_PKCS", "SHA1withRSA"),
            rsa("CKM_SHA224_RSA_PKCS", "SHA224withRSA"),
            rsa("CKM_SHA256_RSA_PKCS", "SHA256withRSA"),
            rsa("CKM_SHA384_RSA_PKCS", "SHA384withRSA"),
            rsa("CKM_SHA512_RSA_PKCS", "SHA512withRSA"),
            new Signing(
                    "CKM_RSA_PKCS over a DigestInfo",
                    Mechanism.RSA_PKCS,
                    RSA,
                    message -> HexFormat.of()
                            .parseHex(SHA256_DIGEST_INFO + HexFormat.of().formatHex(digest("SHA-256", message))),
                    jdk("SHA256withRSA")),
            pss("CKM_SHA256_RSA_PKCS_PSS", HashAlgorithm.SHA_256, 32),
            pss("CKM_SHA256_RSA_PKCS_PSS", HashAlgorithm.SHA_256, 0),
            pss("CKM_SHA384_RSA_PKCS_PSS", HashAlgorithm.SHA_384, 48),
            pss("CKM_SHA512_RSA_PKCS_PSS", HashAlgorithm.SHA_512, 20),
            new Signing(
                    "CKM_RSA_PKCS_PSS over a digest",
                    Mechanism.RSA_PKCS_PSS.hash(HashAlgorithm.SHA_256),
                    RSA,
                    message -> digest("SHA-256", message),
                    jdkPss(HashAlgorithm.SHA_256, 32)),
            ecdsa("CKM_ECDSA_SHA1", "P-256", "SHA1withECDSA"),
            ecdsa("CKM_ECDSA_SHA224", "P-256", "SHA224withECDSA"),
            ecdsa("CKM_ECDSA_SHA256", "P-256", "SHA256withECDSA"),
            ecdsa("CKM_ECDSA_SHA384", "P-384", "SHA384withECDSA"),
            ecdsa("CKM_ECDSA_SHA512", "P-521", "SHA512withECDSA"),
            ecdsa("CKM_ECDSA_SHA512", "P-256", "SHA512withECDSA"),
            rawEcdsa("P-256", "SHA-256", "SHA256withECDSA"),
            rawEcdsa("P-384", "SHA-384", "SHA384withECDSA"),
            rawEcdsa("P-521", "SHA-512", "SHA512withECDSA"),
            new Signing("CKM_EDDSA with Ed25519", Mechanism.EDDSA, ED25519, message -> message, jdk("Ed25519")));

    /** Returns whether the signature of one message is always the same. */
    boolean isDeterministic() {
        return mechanism.type().name().endsWith("RSA_PKCS") || mechanism.equals(Mechanism.EDDSA);
    }

    /** Returns whether the message can come in parts: it is hashed by the mechanism itself. */
    boolean streams() {
        return mechanism.hash().isPresent();
    }

    private static Signing rsa(String mechanism, String jca) {
        return new Signing(mechanism, plain(mechanism), RSA, message -> message, jdk(jca));
    }

    private static Signing pss(String mechanism, HashAlgorithm hash, int saltBytes) {
        Mechanism withSalt =
                new Mechanism(MechanismType.named(mechanism), new MechanismParameters.Pss(hash, hash, saltBytes));
        return new Signing(
                mechanism + " with a salt of " + saltBytes, withSalt, RSA, message -> message, jdkPss(hash, saltBytes));
    }

    private static Signing ecdsa(String mechanism, String curve, String jca) {
        return new Signing(
                mechanism + " on " + curve,
                plain(mechanism),
                Mechanism.EC_KEY_PAIR_GEN.curve(curve),
                message -> message,
                jdk(jca + "inP1363Format"));
    }

    private static Signing rawEcdsa(String curve, String hash, String jca) {
        return new Signing(
                "CKM_ECDSA on " + curve,
                Mechanism.ECDSA,
                Mechanism.EC_KEY_PAIR_GEN.curve(curve),
                message -> digest(hash, message),
                jdk(jca + "inP1363Format"));
    }

    private static Mechanism plain(String name) {
        return Mechanism.of(MechanismType.named(name));
    }

    private static Verifier jdk(String algorithm) {
        return (key, message, signature) -> JdkVerifier.verify(algorithm, key, message, signature);
    }

    private static Verifier jdkPss(HashAlgorithm hash, int saltBytes) {
        return (key, message, signature) -> JdkVerifier.verifyPss(hash.jcaName(), saltBytes, key, message, signature);
    }

    private static byte[] digest(String hash, byte[] message) throws GeneralSecurityException {
        return MessageDigest.getInstance(hash).digest(message);
    }
}

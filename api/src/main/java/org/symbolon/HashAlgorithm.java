package org.symbolon;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** A hash function, with its names in PKCS #11, the JCA and KMIP. */
public enum HashAlgorithm {
    /** SHA-1, 20 bytes: only for what still needs it. */
    SHA_1("SHA-1", 20, "CKM_SHA_1", "CKG_MGF1_SHA1", "06052b0e03021a"),
    /** SHA-224, 28 bytes. */
    SHA_224("SHA-224", 28, "CKM_SHA224", "CKG_MGF1_SHA224", "0609608648016503040204"),
    /** SHA-256, 32 bytes. */
    SHA_256("SHA-256", 32, "CKM_SHA256", "CKG_MGF1_SHA256", "0609608648016503040201"),
    /** SHA-384, 48 bytes. */
    SHA_384("SHA-384", 48, "CKM_SHA384", "CKG_MGF1_SHA384", "0609608648016503040202"),
    /** SHA-512, 64 bytes. */
    SHA_512("SHA-512", 64, "CKM_SHA512", "CKG_MGF1_SHA512", "0609608648016503040203"),
    /** SHA3-224, 28 bytes. */
    SHA3_224("SHA3-224", 28, "CKM_SHA3_224", "CKG_MGF1_SHA3_224", "0609608648016503040207"),
    /** SHA3-256, 32 bytes. */
    SHA3_256("SHA3-256", 32, "CKM_SHA3_256", "CKG_MGF1_SHA3_256", "0609608648016503040208"),
    /** SHA3-384, 48 bytes. */
    SHA3_384("SHA3-384", 48, "CKM_SHA3_384", "CKG_MGF1_SHA3_384", "0609608648016503040209"),
    /** SHA3-512, 64 bytes. */
    SHA3_512("SHA3-512", 64, "CKM_SHA3_512", "CKG_MGF1_SHA3_512", "060960864801650304020a");

    private final String jcaName;
    private final int digestBytes;
    private final String mechanismName;
    private final long mgfCode;
    private final Bytes objectIdentifier;

    HashAlgorithm(String jcaName, int digestBytes, String mechanismName, String mgfName, String objectIdentifier) {
        this.jcaName = jcaName;
        this.digestBytes = digestBytes;
        this.mechanismName = mechanismName;
        this.mgfCode = ConstantTable.value("mgf", mgfName);
        this.objectIdentifier = Bytes.ofHex(objectIdentifier);
    }

    /** {@return the JCA's MessageDigest name, such as {@code SHA-256}} */
    public String jcaName() {
        return jcaName;
    }

    /** {@return the length of a digest in bytes} */
    public int digestBytes() {
        return digestBytes;
    }

    /** {@return the DER encoding of the hash's object identifier, as pre-hashed signatures name it (FIPS 204, 205)} */
    public Bytes objectIdentifier() {
        return objectIdentifier;
    }

    /** {@return the digesting mechanism, such as CKM_SHA256} */
    public MechanismType mechanism() {
        return MechanismType.named(mechanismName);
    }

    /** {@return the CKG_MGF1_ code of the mask generation function MGF1 over this hash} */
    public long mgfCode() {
        return mgfCode;
    }

    /**
     * Returns the DER DigestInfo of a digest: what CKM_RSA_PKCS signs (RFC 8017 section 9.2).
     *
     * @param digest a digest made with this hash; not modified, not kept
     * @return the encoding, a new array
     * @throws IllegalArgumentException if the digest has another length
     */
    public byte[] digestInfo(byte[] digest) {
        if (digest.length != digestBytes) {
            throw new IllegalArgumentException(
                    "a digest of " + jcaName + " has " + digestBytes + " bytes, not " + digest.length);
        }
        int algorithmBytes = objectIdentifier.length() + 2;
        return ByteBuffer.allocate(algorithmBytes + digestBytes + 6)
                .put(new byte[] {0x30, (byte) (algorithmBytes + digestBytes + 4), 0x30, (byte) algorithmBytes})
                .put(objectIdentifier.sharedArray())
                .put(new byte[] {0x05, 0x00, 0x04, (byte) digestBytes})
                .put(digest)
                .array();
    }

    /**
     * Returns the hash of a name.
     *
     * @param name {@code SHA-256}, {@code SHA256}, {@code sha-256} ...
     * @return the hash, or empty if it is none of ours
     */
    public static Optional<HashAlgorithm> of(String name) {
        String plain = plain(name);
        for (HashAlgorithm hash : values()) {
            if (plain(hash.jcaName).equals(plain)) {
                return Optional.of(hash);
            }
        }
        return Optional.empty();
    }

    private static String plain(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("SHA-") ? "SHA" + upper.substring(4) : upper;
    }
}

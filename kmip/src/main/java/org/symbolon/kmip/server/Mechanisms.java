package org.symbolon.kmip.server;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismType;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.DigitalSignatureAlgorithm;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.PaddingMethod;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.CryptographicParameters;

/** The mechanisms that Cryptographic Parameters mean (KMIP 2.1 section 4.16). */
final class Mechanisms {
    private static final Map<HashingAlgorithm, HashAlgorithm> HASHES = Map.of(
            HashingAlgorithm.SHA_1, HashAlgorithm.SHA_1,
            HashingAlgorithm.SHA_224, HashAlgorithm.SHA_224,
            HashingAlgorithm.SHA_256, HashAlgorithm.SHA_256,
            HashingAlgorithm.SHA_384, HashAlgorithm.SHA_384,
            HashingAlgorithm.SHA_512, HashAlgorithm.SHA_512,
            HashingAlgorithm.SHA3_224, HashAlgorithm.SHA3_224,
            HashingAlgorithm.SHA3_256, HashAlgorithm.SHA3_256,
            HashingAlgorithm.SHA3_384, HashAlgorithm.SHA3_384,
            HashingAlgorithm.SHA3_512, HashAlgorithm.SHA3_512);

    private static final Map<DigitalSignatureAlgorithm, HashAlgorithm> SIGNATURE_HASHES = Map.ofEntries(
            Map.entry(DigitalSignatureAlgorithm.SHA_1_WITH_RSA_ENCRYPTION, HashAlgorithm.SHA_1),
            Map.entry(DigitalSignatureAlgorithm.SHA_224_WITH_RSA_ENCRYPTION, HashAlgorithm.SHA_224),
            Map.entry(DigitalSignatureAlgorithm.SHA_256_WITH_RSA_ENCRYPTION, HashAlgorithm.SHA_256),
            Map.entry(DigitalSignatureAlgorithm.SHA_384_WITH_RSA_ENCRYPTION, HashAlgorithm.SHA_384),
            Map.entry(DigitalSignatureAlgorithm.SHA_512_WITH_RSA_ENCRYPTION, HashAlgorithm.SHA_512),
            Map.entry(DigitalSignatureAlgorithm.ECDSA_WITH_SHA_1, HashAlgorithm.SHA_1),
            Map.entry(DigitalSignatureAlgorithm.ECDSA_WITH_SHA224, HashAlgorithm.SHA_224),
            Map.entry(DigitalSignatureAlgorithm.ECDSA_WITH_SHA256, HashAlgorithm.SHA_256),
            Map.entry(DigitalSignatureAlgorithm.ECDSA_WITH_SHA384, HashAlgorithm.SHA_384),
            Map.entry(DigitalSignatureAlgorithm.ECDSA_WITH_SHA512, HashAlgorithm.SHA_512));

    private static final Map<CryptographicAlgorithm, HashAlgorithm> HMACS = Map.of(
            CryptographicAlgorithm.HMAC_SHA1, HashAlgorithm.SHA_1,
            CryptographicAlgorithm.HMAC_SHA224, HashAlgorithm.SHA_224,
            CryptographicAlgorithm.HMAC_SHA256, HashAlgorithm.SHA_256,
            CryptographicAlgorithm.HMAC_SHA384, HashAlgorithm.SHA_384,
            CryptographicAlgorithm.HMAC_SHA512, HashAlgorithm.SHA_512);

    private static final int GCM_TAG_BYTES = 16;
    private static final int MIN_TAG_BYTES = 12;

    private Mechanisms() {}

    static KmipFailure unsupported(String what) {
        return new KmipFailure(ResultReason.UNSUPPORTED_CRYPTOGRAPHIC_PARAMETERS, what);
    }

    /** Returns the parameters of the request, or those that the key has as an attribute. */
    static @Nullable CryptographicParameters parameters(Managed key, @Nullable CryptographicParameters asked) {
        return asked != null
                ? asked
                : key.get(AttributeType.CRYPTOGRAPHIC_PARAMETERS).orElse(null);
    }

    /** Returns the parameters with a mode. */
    static CryptographicParameters withMode(@Nullable CryptographicParameters p, BlockCipherMode mode) {
        return p == null
                ? new CryptographicParameters(
                        mode, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                        null, null)
                : new CryptographicParameters(
                        mode,
                        p.paddingMethod(),
                        p.hashingAlgorithm(),
                        p.keyRoleType(),
                        p.digitalSignatureAlgorithm(),
                        p.cryptographicAlgorithm(),
                        p.randomIv(),
                        p.ivLength(),
                        p.tagLength(),
                        p.fixedFieldLength(),
                        p.invocationFieldLength(),
                        p.counterLength(),
                        p.initialCounterValue(),
                        p.saltLength(),
                        p.maskGenerator(),
                        p.maskGeneratorHashingAlgorithm(),
                        p.pSource(),
                        p.trailerField());
    }

    static Optional<HashAlgorithm> hash(@Nullable CryptographicParameters parameters) throws KmipFailure {
        if (parameters == null) {
            return Optional.empty();
        }
        if (parameters.hashingAlgorithm() != null) {
            HashAlgorithm hash = HASHES.get(parameters.hashingAlgorithm());
            if (hash == null) {
                throw unsupported(
                        "no token hashes with " + parameters.hashingAlgorithm().xmlName());
            }
            return Optional.of(hash);
        }
        return Optional.ofNullable(parameters.digitalSignatureAlgorithm()).map(SIGNATURE_HASHES::get);
    }

    /** Returns what signs and verifies, a message or a digest of one. */
    static Mechanism signature(KeyObject key, @Nullable CryptographicParameters parameters, boolean digested)
            throws KmipFailure {
        KeyType type = key.attributes().get(Attribute.KEY_TYPE);
        if (type.equals(KeyType.EC_EDWARDS)) {
            return Mechanism.EDDSA;
        }
        HashAlgorithm hash = hash(parameters).orElse(HashAlgorithm.SHA_256);
        if (type.equals(KeyType.EC)) {
            return digested ? Mechanism.ECDSA : named("CKM_ECDSA_" + plain(hash));
        } else if (type.equals(KeyType.RSA)) {
            return isPss(parameters) ? pss(parameters, hash, digested) : pkcs1(hash, digested);
        }
        throw unsupported("a key of type " + type.name() + " does not sign");
    }

    /**
     * Returns what may have made a signature: one mechanism, or several where the parameters of PSS say no length of the salt or no
     * hash of the mask, for which clients have different defaults.
     */
    static List<Mechanism> verifying(KeyObject key, @Nullable CryptographicParameters parameters, boolean digested)
            throws KmipFailure {
        Mechanism first = signature(key, parameters, digested);
        if (!(first.parameters() instanceof MechanismParameters.Pss pss) || parameters == null) {
            return List.of(first);
        }
        Set<Mechanism> all = new LinkedHashSet<>();
        for (HashAlgorithm mask : masks(pss, parameters)) {
            for (int salt : salts(key, pss, parameters)) {
                all.add(new Mechanism(first.type(), new MechanismParameters.Pss(pss.hash(), mask, salt)));
            }
        }
        return List.copyOf(all);
    }

    private static List<HashAlgorithm> masks(MechanismParameters.Pss pss, CryptographicParameters parameters) {
        return parameters.maskGeneratorHashingAlgorithm() != null
                ? List.of(pss.mgfHash())
                : List.of(pss.mgfHash(), HashAlgorithm.SHA_1);
    }

    private static List<Integer> salts(KeyObject key, MechanismParameters.Pss pss, CryptographicParameters parameters) {
        int modulusBytes =
                key.attributes().find(Attribute.MODULUS).map(Bytes::length).orElse(0);
        int longest = modulusBytes - pss.hash().digestBytes() - 2;
        return parameters.saltLength() != null || longest < 0
                ? List.of(pss.saltBytes())
                : List.of(pss.saltBytes(), longest);
    }

    private static boolean isPss(@Nullable CryptographicParameters parameters) {
        return parameters != null
                && (PaddingMethod.PSS.equals(parameters.paddingMethod())
                        || DigitalSignatureAlgorithm.RSASSA_PSS.equals(parameters.digitalSignatureAlgorithm()));
    }

    private static Mechanism pkcs1(HashAlgorithm hash, boolean digested) {
        return digested ? Mechanism.RSA_PKCS : named("CKM_" + plain(hash) + "_RSA_PKCS");
    }

    private static Mechanism pss(@Nullable CryptographicParameters parameters, HashAlgorithm hash, boolean digested) {
        Integer salt = parameters == null ? null : parameters.saltLength();
        HashAlgorithm mgf = parameters == null || parameters.maskGeneratorHashingAlgorithm() == null
                ? hash
                : HASHES.getOrDefault(parameters.maskGeneratorHashingAlgorithm(), hash);
        Mechanism overDigest = Mechanism.RSA_PKCS_PSS.parameters(hash, mgf, salt == null ? hash.digestBytes() : salt);
        return digested
                ? overDigest
                : new Mechanism(MechanismType.named("CKM_" + plain(hash) + "_RSA_PKCS_PSS"), overDigest.parameters());
    }

    private static String plain(HashAlgorithm hash) {
        return hash.mechanism().name().substring("CKM_".length()).replace("SHA_1", "SHA1");
    }

    private static Mechanism named(String name) {
        return Mechanism.of(MechanismType.named(name));
    }

    /** Returns the hash of the HMAC that the parameters name, or the key. */
    static Optional<HashAlgorithm> hmac(
            @Nullable CryptographicParameters parameters, Optional<CryptographicAlgorithm> ofKey) {
        CryptographicAlgorithm asked = parameters == null ? null : parameters.cryptographicAlgorithm();
        return Optional.ofNullable(HMACS.get(asked == null ? ofKey.orElse(CryptographicAlgorithm.AES) : asked));
    }

    /** Returns what makes and checks codes: HMAC by the algorithm of the parameters or the key, or CMAC. */
    static Mechanism mac(
            KeyObject key, @Nullable CryptographicParameters parameters, Optional<CryptographicAlgorithm> ofKey)
            throws KmipFailure {
        Optional<HashAlgorithm> hash = hmac(parameters, ofKey);
        if (hash.isPresent()) {
            return named("CKM_" + hash.get().mechanism().name().substring("CKM_".length()) + "_HMAC");
        }
        if (key.attributes().find(Attribute.KEY_TYPE).equals(Optional.of(KeyType.AES))) {
            return Mechanism.AES_CMAC;
        }
        throw unsupported("name an HMAC as the Cryptographic Algorithm");
    }

    /** Returns what encrypts and decrypts in a token; empty where PKCS #11 has no mechanism for it. */
    static Optional<Mechanism> cipher(
            KeyObject key, @Nullable CryptographicParameters parameters, @Nullable Bytes iv, Bytes additionalData)
            throws KmipFailure {
        KeyType type = key.attributes().get(Attribute.KEY_TYPE);
        if (type.equals(KeyType.RSA)) {
            return Optional.of(rsa(parameters));
        } else if (type.equals(KeyType.AES)) {
            return aes(mode(parameters), isPadded(parameters), parameters, iv, additionalData);
        } else if (type.equals(KeyType.DES3)) {
            return des3(mode(parameters), isPadded(parameters), iv);
        } else if (type.equals(KeyType.CHACHA20) && isAead(parameters)) {
            return Optional.of(
                    Mechanism.CHACHA20_POLY1305.of(new MechanismParameters.Poly1305(required(iv), additionalData)));
        }
        return Optional.empty();
    }

    /** Returns whether the ciphertext carries a tag. */
    static boolean isAead(@Nullable CryptographicParameters parameters) {
        return parameters != null
                && (BlockCipherMode.GCM.equals(parameters.blockCipherMode())
                        || BlockCipherMode.CCM.equals(parameters.blockCipherMode())
                        || BlockCipherMode.AEAD.equals(parameters.blockCipherMode())
                        || CryptographicAlgorithm.CHA_CHA20_POLY1305.equals(parameters.cryptographicAlgorithm()));
    }

    static BlockCipherMode mode(@Nullable CryptographicParameters parameters) throws KmipFailure {
        if (parameters == null || parameters.blockCipherMode() == null) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD,
                    "name a Block Cipher Mode: neither the request nor the key's Cryptographic Parameters do");
        }
        return parameters.blockCipherMode();
    }

    /** Returns whether blocks are padded by PKCS #5. */
    static boolean isPadded(@Nullable CryptographicParameters parameters) throws KmipFailure {
        PaddingMethod method = parameters == null ? null : parameters.paddingMethod();
        if (method == null || method.equals(PaddingMethod.NONE)) {
            return false;
        }
        if (method.equals(PaddingMethod.PKCS5)) {
            return true;
        }
        throw unsupported("blocks are padded by PKCS5 or not at all, not by " + method.xmlName());
    }

    private static Mechanism rsa(@Nullable CryptographicParameters parameters) throws KmipFailure {
        PaddingMethod method = parameters == null ? null : parameters.paddingMethod();
        if (PaddingMethod.OAEP.equals(method)) {
            HashAlgorithm hash = hash(parameters).orElse(HashAlgorithm.SHA_1);
            HashAlgorithm mgf = parameters == null || parameters.maskGeneratorHashingAlgorithm() == null
                    ? hash
                    : HASHES.getOrDefault(parameters.maskGeneratorHashingAlgorithm(), hash);
            Bytes label = parameters == null || parameters.pSource() == null ? Bytes.empty() : parameters.pSource();
            return Mechanism.RSA_PKCS_OAEP.parameters(hash, mgf, label);
        } else if (PaddingMethod.NONE.equals(method)) {
            return Mechanism.RSA_X_509;
        }
        if (method == null || method.equals(PaddingMethod.PKCS1_V1_5)) {
            return Mechanism.RSA_PKCS;
        }
        throw unsupported("RSA is padded by OAEP or PKCS1v1_5, not by " + method.xmlName());
    }

    private static Optional<Mechanism> aes(
            BlockCipherMode mode,
            boolean padded,
            @Nullable CryptographicParameters parameters,
            @Nullable Bytes iv,
            Bytes additionalData)
            throws KmipFailure {
        Mechanism mechanism = null;
        if (mode.equals(BlockCipherMode.CBC)) {
            mechanism = (padded ? Mechanism.AES_CBC_PAD : Mechanism.AES_CBC).iv(required(iv));
        } else if (mode.equals(BlockCipherMode.ECB) && !padded) {
            mechanism = Mechanism.AES_ECB;
        } else if (mode.equals(BlockCipherMode.CTR)) {
            int counterBits =
                    parameters == null || parameters.counterLength() == null ? 128 : parameters.counterLength();
            mechanism = Mechanism.AES_CTR.of(new MechanismParameters.Counter(required(iv), counterBits));
        } else if (mode.equals(BlockCipherMode.GCM)) {
            mechanism = Mechanism.AES_GCM.parameters(required(iv), additionalData, tagBytes(parameters) * Byte.SIZE);
        }
        return Optional.ofNullable(mechanism);
    }

    /** Returns CCM, which is told beforehand how long the data is. */
    static Mechanism ccm(
            @Nullable CryptographicParameters parameters, @Nullable Bytes iv, Bytes additionalData, long dataBytes)
            throws KmipFailure {
        return Mechanism.AES_CCM.of(
                new MechanismParameters.Ccm(dataBytes, required(iv), additionalData, tagBytes(parameters)));
    }

    /** Returns the length of the tag that GCM, CCM or Poly1305 makes. */
    static int tagBytes(@Nullable CryptographicParameters parameters) throws KmipFailure {
        int bytes = parameters == null || parameters.tagLength() == null ? GCM_TAG_BYTES : parameters.tagLength();
        if (bytes < MIN_TAG_BYTES || bytes > GCM_TAG_BYTES) {
            // the reason that OASIS's cases have for it
            throw new KmipFailure(
                    ResultReason.GENERAL_FAILURE,
                    "the Tag Length is " + MIN_TAG_BYTES + " to " + GCM_TAG_BYTES + " bytes, not " + bytes);
        }
        return bytes;
    }

    private static Optional<Mechanism> des3(BlockCipherMode mode, boolean padded, @Nullable Bytes iv)
            throws KmipFailure {
        if (mode.equals(BlockCipherMode.ECB) && !padded) {
            return Optional.of(named("CKM_DES3_ECB"));
        } else if (mode.equals(BlockCipherMode.CBC)) {
            return Optional.of(new Mechanism(
                    MechanismType.named(padded ? "CKM_DES3_CBC_PAD" : "CKM_DES3_CBC"),
                    new MechanismParameters.Iv(required(iv))));
        }
        return Optional.empty();
    }

    static Bytes required(@Nullable Bytes iv) throws KmipFailure {
        if (iv == null) {
            throw new KmipFailure(
                    ResultReason.INVALID_MESSAGE, "the IV/Counter/Nonce is missing; send one, or ask for a Random IV");
        }
        return iv;
    }
}

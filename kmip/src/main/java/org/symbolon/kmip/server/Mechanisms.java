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

    /** Returns the hash of the mask that the parameters name. */
    static HashAlgorithm mask(CryptographicParameters parameters, HashAlgorithm otherwise) {
        return HASHES.getOrDefault(parameters.maskGeneratorHashingAlgorithm(), otherwise);
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
                : mask(parameters, hash);
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
}

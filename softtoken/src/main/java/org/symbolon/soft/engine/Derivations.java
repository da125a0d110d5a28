package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;

/** The mechanisms that make keys of keys. Thread-safe. */
public final class Derivations {
    private static final Map<MechanismType, KeyDerivation> DERIVATIONS = Map.ofEntries(
            entry("CKM_ECDH1_DERIVE", new EcdhDerivation(true)),
            entry("CKM_ECDH1_COFACTOR_DERIVE", new EcdhDerivation(false)),
            entry("CKM_DH_PKCS_DERIVE", new DhDerivation()),
            entry("CKM_HKDF_DERIVE", new HkdfDerivation()),
            entry("CKM_SP800_108_COUNTER_KDF", new Sp800108Derivation(Sp800108Derivation.Mode.COUNTER)),
            entry("CKM_SP800_108_FEEDBACK_KDF", new Sp800108Derivation(Sp800108Derivation.Mode.FEEDBACK)),
            entry("CKM_SP800_108_DOUBLE_PIPELINE_KDF", new Sp800108Derivation(Sp800108Derivation.Mode.DOUBLE_PIPELINE)),
            entry("CKM_CONCATENATE_BASE_AND_KEY", new SimpleDerivation(SimpleDerivation.Kind.BASE_AND_KEY)),
            entry("CKM_CONCATENATE_BASE_AND_DATA", new SimpleDerivation(SimpleDerivation.Kind.BASE_AND_DATA)),
            entry("CKM_CONCATENATE_DATA_AND_BASE", new SimpleDerivation(SimpleDerivation.Kind.DATA_AND_BASE)),
            entry("CKM_XOR_BASE_AND_DATA", new SimpleDerivation(SimpleDerivation.Kind.XOR)),
            entry("CKM_EXTRACT_KEY_FROM_KEY", new SimpleDerivation(SimpleDerivation.Kind.EXTRACT)));

    private Derivations() {}

    private static Map.Entry<MechanismType, KeyDerivation> entry(String name, KeyDerivation derivation) {
        return Map.entry(MechanismType.named(name), derivation);
    }

    static Map<MechanismType, MechanismInfo> infos() {
        Map<MechanismType, MechanismInfo> infos = new HashMap<>();
        DERIVATIONS.forEach((type, derivation) -> infos.put(type, derivation.info()));
        return infos;
    }

    static MechanismInfo info(long minKeySize, long maxKeySize) {
        return new MechanismInfo(minKeySize, maxKeySize, java.util.Set.of(MechanismFunction.DERIVE));
    }

    /**
     * Derives the value of a secret key.
     *
     * @param base the base key, which may derive; stays entered
     * @param mechanism the mechanism; checked before to be one that derives
     * @param others the other keys that its parameters name; stay entered
     * @param keyType the type of the new key
     * @param bytes its length in bytes; 0 for as many as there are
     * @return the value
     * @throws TokenException if the parameters or the length do not suit
     */
    public static SecretBytes derive(
            LoadedKey base, Mechanism mechanism, List<LoadedKey> others, KeyType keyType, long bytes)
            throws TokenException {
        KeyDerivation derivation = DERIVATIONS.get(mechanism.type());
        if (derivation == null) {
            throw new AssertionError(mechanism + " was checked to be one of this token's");
        }
        int only = SecretKeys.onlyLength(keyType);
        long wanted = bytes == 0 ? only : bytes;
        if (wanted != 0 && !SecretKeys.isLength(keyType, wanted)) {
            throw Failures.operation(
                    "CKR_TEMPLATE_INCONSISTENT",
                    "the length of a " + keyType + " key in bytes is " + SecretKeys.lengths(keyType) + ", not "
                            + wanted);
        }
        try {
            byte[] value = derivation.derive(base, mechanism, others, (int) wanted);
            if (!SecretKeys.isLength(keyType, value.length)) {
                throw Failures.operation(
                        "CKR_TEMPLATE_INCOMPLETE",
                        "the mechanism makes " + value.length + " bytes: CKA_VALUE_LEN says how many of them a "
                                + keyType + " key has");
            }
            return SecretBytes.takeOver(SecretKeys.withParity(keyType, value));
        } catch (TokenException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw Failures.engine(e);
        }
    }

    /** Returns the end of a shared secret, since PKCS #11 takes bytes away from its beginning (section 6.3.17). */
    static byte[] trailing(byte[] secret, int bytes) throws TokenException {
        if (bytes == 0 || bytes == secret.length) {
            return secret;
        }
        requireEnough(secret.length, bytes);
        byte[] end = java.util.Arrays.copyOfRange(secret, secret.length - bytes, secret.length);
        java.util.Arrays.fill(secret, (byte) 0);
        return end;
    }

    /** Returns the beginning of a value. */
    static byte[] leading(byte[] value, int bytes) throws TokenException {
        if (bytes == 0 || bytes == value.length) {
            return value;
        }
        requireEnough(value.length, bytes);
        byte[] begin = java.util.Arrays.copyOf(value, bytes);
        java.util.Arrays.fill(value, (byte) 0);
        return begin;
    }

    private static void requireEnough(int there, int wanted) throws TokenException {
        if (wanted > there) {
            throw Failures.operation(
                    "CKR_KEY_SIZE_RANGE", "the mechanism makes " + there + " bytes, not the " + wanted + " wanted");
        }
    }

    /** Returns the length that a template must give, since the mechanism makes keys of any. */
    static int required(int bytes) throws TokenException {
        if (bytes == 0) {
            throw Failures.operation("CKR_TEMPLATE_INCOMPLETE", "CKA_VALUE_LEN says how long the new key is");
        }
        return bytes;
    }
}

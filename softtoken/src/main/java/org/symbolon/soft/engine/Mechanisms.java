package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.Operation;
import org.symbolon.Status;
import org.symbolon.TokenException;

/** The mechanisms of the soft token: one table of engines, and the operations that they carry out. Thread-safe. */
public final class Mechanisms {
    private static final Map<MechanismType, MechanismEngine> ENGINES = engines();
    private static final Map<MechanismType, MechanismInfo> INFOS = infos();

    private Mechanisms() {}

    private static Map<MechanismType, MechanismEngine> engines() {
        Map<MechanismType, MechanismEngine> engines = new HashMap<>();
        for (MechanismTable.Row row : MechanismTable.rows()) {
            engine(row).ifPresent(engine -> engines.put(row.type(), engine));
        }
        return engines;
    }

    private static Optional<MechanismEngine> engine(MechanismTable.Row row) {
        String name = row.type().name();
        return switch (name) {
            case "CKM_RSA_PKCS" -> Optional.of(new RawRsaEngine(true));
            case "CKM_RSA_X_509" -> Optional.of(new RawRsaEngine(false));
            case "CKM_RSA_PKCS_OAEP" -> Optional.of(new OaepEngine());
            case "CKM_RSA_PKCS_PSS" -> Optional.of(new RawPssEngine());
            case "CKM_ECDSA" -> Optional.of(new RawEcdsaEngine());
            case "CKM_AES_XTS" -> Optional.of(new XtsEngine());
            case "CKM_AES_GMAC" -> Optional.of(new GmacEngine());
            case "CKM_AES_CMAC", "CKM_AES_CMAC_GENERAL" -> Optional.of(mac("AESCMAC", row, 16, 32));
            case "CKM_DES3_CMAC" -> Optional.of(mac("DESedeCMAC", row, 24, 24));
            default -> {
                Optional<CipherMode> mode = Arrays.stream(CipherMode.values())
                        .filter(candidate -> name.equals("CKM_" + candidate.name()))
                        .findFirst();
                yield mode.isPresent() ? mode.map(CipherEngine::new) : signing(row);
            }
        };
    }

    private static MechanismEngine mac(String algorithm, MechanismTable.Row row, int minBytes, int maxBytes) {
        boolean general = row.type().name().endsWith("_GENERAL");
        return new MacEngine(algorithm, Engines.NATIVE_JDK_BC.get("Mac", algorithm), general, minBytes, maxBytes);
    }

    /** Returns the engine of a mechanism that signs the whole message. */
    private static Optional<MechanismEngine> signing(MechanismTable.Row row) {
        if (!row.functions().contains(MechanismFunction.SIGN)) {
            return Optional.empty();
        }
        KeyType keyType = row.keyType().orElseThrow();
        if (keyType.equals(KeyType.GENERIC_SECRET)) {
            return row.hash().map(hash -> mac(Macs.hmac(hash), row, 1, SecretKeys.MAX_GENERIC_BYTES));
        }
        if (PostQuantumKeys.has(keyType)) {
            return Optional.of(new PostQuantumSignatureEngine(row));
        }
        Optional<String> name =
                row.type().name().endsWith("_PSS") ? Optional.of("RSASSA-PSS") : jcaName(row, "Signature");
        return name.map(algorithm -> new SignatureEngine(keyType, algorithm));
    }

    private static Optional<String> jcaName(MechanismTable.Row row, String engine) {
        return row.jcaNames().stream()
                .filter(name -> name.startsWith(engine + ":"))
                .map(name -> name.substring(engine.length() + 1))
                .findFirst();
    }

    private static Map<MechanismType, MechanismInfo> infos() {
        Map<MechanismType, MechanismInfo> infos = new HashMap<>();
        ENGINES.forEach((type, engine) -> infos.put(type, engine.info()));
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            infos.put(hash.mechanism(), new MechanismInfo(0, 0, Set.of(MechanismFunction.DIGEST)));
        }
        infos.putAll(KeyGeneration.infos());
        infos.putAll(Derivations.infos());
        infos.put(Mechanism.RSA_AES_KEY_WRAP.type(), KeyWrapping.compositeInfo());
        infos.put(Mechanism.ML_KEM.type(), KeyEncapsulation.info());
        return Map.copyOf(infos);
    }

    /** {@return what the token says of its mechanisms} */
    public static Map<MechanismType, MechanismInfo> all() {
        return INFOS;
    }

    /**
     * Refuses a mechanism that this token does not have, or not for this.
     *
     * @param type the mechanism
     * @param function what it is wanted for
     * @throws MechanismNotSupportedException if so
     */
    public static void require(MechanismType type, MechanismFunction function) throws MechanismNotSupportedException {
        MechanismInfo info = INFOS.get(type);
        if (info == null || !info.supports(function)) {
            throw new MechanismNotSupportedException(
                    Status.ckr("CKR_MECHANISM_INVALID"),
                    "this token does not " + function.lowerName() + " with " + type.name());
        }
    }

    /**
     * Returns the type of the keys that a mechanism generates.
     *
     * @param type a mechanism of this token that generates
     * @return the key type; empty if the template says it
     */
    public static Optional<KeyType> generates(MechanismType type) {
        return MechanismTable.row(type).flatMap(MechanismTable.Row::keyType);
    }

    /**
     * Returns the key types that a mechanism takes.
     *
     * @param type a mechanism of this token that takes a key
     * @return the key types; empty if it takes any secret key
     */
    public static List<KeyType> keyTypes(MechanismType type) {
        return MechanismTable.row(type).map(MechanismTable.Row::keyTypes).orElseThrow();
    }

    /** Returns the engine of a mechanism that encrypts or signs. */
    static MechanismEngine engine(Mechanism mechanism) {
        MechanismEngine engine = ENGINES.get(mechanism.type());
        if (engine == null) {
            throw new AssertionError(mechanism + " was checked to be one of this token's");
        }
        return engine;
    }

    /**
     * Begins an operation with a key.
     *
     * @param function what is to be done; checked before, as the key's kind and permissions
     * @param key the key, entered; left when the operation ends
     * @param mechanism the mechanism
     * @return the operation
     * @throws TokenException if the engine refuses; then the key was left
     */
    public static Operation start(MechanismFunction function, LoadedKey key, Mechanism mechanism)
            throws TokenException {
        return begin(function, key, mechanism);
    }

    /**
     * Carries out an operation with a key.
     *
     * @param function what is to be done; checked before, as the key's kind and permissions
     * @param key the key, entered; left before this returns
     * @param mechanism the mechanism
     * @param data the data
     * @return what comes out
     * @throws TokenException if the engine refuses
     */
    public static byte[] run(MechanismFunction function, LoadedKey key, Mechanism mechanism, byte[] data)
            throws TokenException {
        return begin(function, key, mechanism).run(data);
    }

    private static EngineOperation begin(MechanismFunction function, LoadedKey key, Mechanism mechanism)
            throws TokenException {
        boolean begun = false;
        try {
            EngineOperation operation = engine(mechanism).start(function, key, mechanism, key::leave);
            begun = true;
            return operation.verifying(function == MechanismFunction.VERIFY);
        } catch (TokenException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw Failures.engine(e);
        } finally {
            if (!begun) {
                key.leave();
            }
        }
    }

    /**
     * Begins a digest.
     *
     * @param mechanism the mechanism
     * @return the operation
     * @throws TokenException if it is no digest of this token
     */
    public static Operation digest(Mechanism mechanism) throws TokenException {
        require(mechanism.type(), MechanismFunction.DIGEST);
        Failures.requireNoParameters(mechanism);
        String algorithm = mechanism.hash().orElseThrow().jcaName();
        try {
            return new DigestOperation(
                    MessageDigest.getInstance(algorithm, Engines.NATIVE_JDK_BC.get("MessageDigest", algorithm)));
        } catch (GeneralSecurityException e) {
            throw Failures.engine(e);
        }
    }
}

package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismParameters;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.NamedCurve;
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
        return switch (row.type().name()) {
            case "CKM_RSA_PKCS" -> Optional.of(new RawRsaEngine(true));
            case "CKM_RSA_X_509" -> Optional.of(new RawRsaEngine(false));
            case "CKM_RSA_PKCS_PSS" -> Optional.of(new RawPssEngine());
            case "CKM_ECDSA" -> Optional.of(new RawEcdsaEngine());
            case "CKM_AES_GCM" -> Optional.of(new AesEngine("AES/GCM/NoPadding"));
            case "CKM_AES_CBC" -> Optional.of(new AesEngine("AES/CBC/NoPadding"));
            case "CKM_AES_CBC_PAD" -> Optional.of(new AesEngine("AES/CBC/PKCS5Padding"));
            default -> row.functions().contains(MechanismFunction.SIGN) ? signing(row) : Optional.empty();
        };
    }

    /** Returns the engine of a mechanism that signs the whole message. */
    private static Optional<MechanismEngine> signing(MechanismTable.Row row) {
        KeyType keyType = row.keyType().orElseThrow();
        if (keyType.equals(KeyType.GENERIC_SECRET)) {
            return jcaName(row, "Mac").map(name -> new HmacEngine(name, Engines.NATIVE_JDK_BC.get("Mac", name)));
        }
        Engines order = keyType.equals(KeyType.RSA) ? Engines.NATIVE_JDK_BC : Engines.NATIVE_BC_JDK;
        Optional<String> name =
                row.type().name().endsWith("_PSS") ? Optional.of("RSASSA-PSS") : jcaName(row, "Signature");
        return name.flatMap(algorithm ->
                order.find("Signature", algorithm).map(provider -> new SignatureEngine(keyType, algorithm, provider)));
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
     * Returns the key type that a mechanism takes.
     *
     * @param type a mechanism of this token that takes a key
     * @return the key type
     */
    public static KeyType keyType(MechanismType type) {
        return MechanismTable.row(type).flatMap(MechanismTable.Row::keyType).orElseThrow();
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
        MechanismEngine engine = ENGINES.get(mechanism.type());
        if (engine == null) {
            throw new AssertionError(mechanism + " was checked to be one of this token's");
        }
        boolean begun = false;
        try {
            EngineOperation operation = engine.start(function, key, mechanism, key::leave);
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
        requireNoParameters(mechanism);
        String algorithm = mechanism.hash().orElseThrow().jcaName();
        try {
            return new DigestOperation(
                    MessageDigest.getInstance(algorithm, Engines.NATIVE_JDK_BC.get("MessageDigest", algorithm)));
        } catch (GeneralSecurityException e) {
            throw Failures.engine(e);
        }
    }

    private static void requireNoParameters(Mechanism mechanism) throws TokenException {
        if (!(mechanism.parameters() instanceof MechanismParameters.None)) {
            throw Failures.parameter(mechanism + " has no parameters");
        }
    }

    /** Returns whether this token uses keys on a curve; others it only keeps. */
    static boolean has(NamedCurve curve) {
        return Set.of(NamedCurve.P256, NamedCurve.P384, NamedCurve.P521, NamedCurve.ED25519)
                .contains(curve);
    }
}

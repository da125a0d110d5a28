package org.symbolon.soft.engine;

import java.math.BigInteger;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.bouncycastle.jcajce.spec.AEADParameterSpec;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismParameters;
import org.symbolon.TokenException;

/** The ways to encrypt with a secret key: what each is called in the JCA, which keys and which parameters it takes. */
enum CipherMode {
    AES_ECB("AES/ECB/NoPadding", 16, 32, false),
    AES_CBC("AES/CBC/NoPadding", 16, 32, false),
    AES_CBC_PAD("AES/CBC/PKCS5Padding", 16, 32, true),
    AES_CTR("AES/CTR/NoPadding", 16, 32, false),
    AES_GCM("AES/GCM/NoPadding", 16, 32, true),
    AES_CCM("AES/CCM/NoPadding", 16, 32, true),
    AES_KEY_WRAP("AES/KW/NoPadding", 16, 32, true),
    AES_KEY_WRAP_KWP("AES/KWP/NoPadding", 16, 32, true),
    CHACHA20_POLY1305("ChaCha20-Poly1305", 32, 32, false),
    DES3_ECB("DESede/ECB/NoPadding", 24, 24, false),
    DES3_CBC("DESede/CBC/NoPadding", 24, 24, false),
    DES3_CBC_PAD("DESede/CBC/PKCS5Padding", 24, 24, false);

    private static final int AES_BLOCK_BYTES = 16;
    private static final int DES_BLOCK_BYTES = 8;
    private static final int KW_BLOCK_BYTES = 8;
    private static final int MIN_KW_BYTES = 24;
    private static final int MIN_KWP_BYTES = 16;
    private static final int KW_IV_BYTES = 8;
    private static final int KWP_IV_BYTES = 4;
    private static final int GCM_IV_BYTES = 12;

    private final String transformation;
    private final int minKeyBytes;
    private final int maxKeyBytes;
    private final boolean wraps;

    CipherMode(String transformation, int minKeyBytes, int maxKeyBytes, boolean wraps) {
        this.transformation = transformation;
        this.minKeyBytes = minKeyBytes;
        this.maxKeyBytes = maxKeyBytes;
        this.wraps = wraps;
    }

    String transformation() {
        return transformation;
    }

    /** Returns the providers to ask, the fastest first. */
    List<Provider> providers(LoadedKey key, boolean mayBeNative) {
        if (mayBeNative) {
            return EngineTrials.order(key, Engines.NATIVE_JDK_BC.all(key.choice(), "Cipher", transformation));
        }
        return this == AES_GCM
                ? List.of(Engines.JDK_NATIVE_BC.get(EngineChoice.JDK, "Cipher", transformation))
                : Engines.JDK_NATIVE_BC.all(key.choice(), "Cipher", transformation);
    }

    /**
     * Returns whether ACCP's engine is wanted: for AES-GCM, which the JDK makes as fast only after thousands of calls, and
     * for IVs of 12 bytes, since ACCP 2.5.0 encrypts wrongly when one of another length follows on the same Cipher.
     */
    boolean mayBeNative(Mechanism mechanism) {
        return this == AES_GCM
                && mechanism.parameters() instanceof MechanismParameters.Gcm gcm
                && gcm.iv().length() == GCM_IV_BYTES;
    }

    boolean wrapsOnly() {
        return this == AES_KEY_WRAP || this == AES_KEY_WRAP_KWP;
    }

    int blockBytes() {
        return name().startsWith("DES3") ? DES_BLOCK_BYTES : AES_BLOCK_BYTES;
    }

    /** Returns whether a wrapped key can have a length; other modes leave that to their engines. */
    boolean makes(long bytes) {
        int minBytes = this == AES_KEY_WRAP ? MIN_KW_BYTES : MIN_KWP_BYTES;
        return wrapsOnly() && bytes >= minBytes && bytes % KW_BLOCK_BYTES == 0;
    }

    MechanismInfo info() {
        Set<MechanismFunction> functions = EnumSet.noneOf(MechanismFunction.class);
        if (!wrapsOnly()) {
            functions.addAll(EnumSet.of(MechanismFunction.ENCRYPT, MechanismFunction.DECRYPT));
        }
        if (wraps) {
            functions.addAll(EnumSet.of(MechanismFunction.WRAP, MechanismFunction.UNWRAP));
        }
        return new MechanismInfo(minKeyBytes, maxKeyBytes, functions);
    }

    /** Returns the parameters of a mechanism as the JCA takes them; null for none. */
    @Nullable AlgorithmParameterSpec spec(Mechanism mechanism) throws TokenException {
        MechanismParameters parameters = mechanism.parameters();
        return switch (this) {
            case AES_ECB, DES3_ECB -> none(mechanism);
            case AES_CBC, AES_CBC_PAD, DES3_CBC, DES3_CBC_PAD -> iv(mechanism, blockBytes());
            case AES_KEY_WRAP -> parameters instanceof MechanismParameters.None ? null : iv(mechanism, KW_IV_BYTES);
            case AES_KEY_WRAP_KWP ->
                parameters instanceof MechanismParameters.None ? null : iv(mechanism, KWP_IV_BYTES);
            case AES_CTR ->
                new IvParameterSpec(counter(mechanism).counterBlock().toByteArray());
            case AES_GCM -> {
                if (parameters instanceof MechanismParameters.Gcm gcm) {
                    yield new GCMParameterSpec(gcm.tagBits(), gcm.iv().sharedArray());
                }
                throw Failures.parameter(mechanism + " wants GCM parameters");
            }
            case AES_CCM ->
                new AEADParameterSpec(
                        ccm(mechanism).nonce().toByteArray(), 8 * ccm(mechanism).macBytes());
            case CHACHA20_POLY1305 -> {
                if (parameters instanceof MechanismParameters.Poly1305 poly) {
                    yield new IvParameterSpec(poly.nonce().toByteArray());
                }
                throw Failures.parameter(mechanism + " wants ChaCha20-Poly1305 parameters");
            }
        };
    }

    private static @Nullable AlgorithmParameterSpec none(Mechanism mechanism) throws TokenException {
        Failures.requireNoParameters(mechanism);
        return null;
    }

    private static AlgorithmParameterSpec iv(Mechanism mechanism, int bytes) throws TokenException {
        if (mechanism.parameters() instanceof MechanismParameters.Iv iv
                && iv.iv().length() == bytes) {
            return new IvParameterSpec(iv.iv().toByteArray());
        }
        throw Failures.parameter(mechanism + " wants an IV of " + bytes + " bytes");
    }

    private static MechanismParameters.Counter counter(Mechanism mechanism) throws TokenException {
        if (mechanism.parameters() instanceof MechanismParameters.Counter counter) {
            return counter;
        }
        throw Failures.parameter(mechanism + " wants a counter block");
    }

    private static MechanismParameters.Ccm ccm(Mechanism mechanism) throws TokenException {
        if (mechanism.parameters() instanceof MechanismParameters.Ccm ccm) {
            return ccm;
        }
        throw Failures.parameter(mechanism + " wants CCM parameters");
    }

    /** Returns what is authenticated beside the data. */
    Bytes additionalData(Mechanism mechanism) {
        if (mechanism.parameters() instanceof MechanismParameters.Gcm gcm) {
            return gcm.additionalData();
        } else if (mechanism.parameters() instanceof MechanismParameters.Ccm ccm) {
            return ccm.additionalData();
        }
        return mechanism.parameters() instanceof MechanismParameters.Poly1305 poly
                ? poly.additionalData()
                : Bytes.empty();
    }

    /** How much data an operation may take. */
    @FunctionalInterface
    interface Limit {
        void check(long bytesSoFar, boolean last) throws TokenException;
    }

    /** Returns the limit of the data: CCM is told its length, and CTR's counter must not come round (section 6.11.3). */
    Limit limit(Mechanism mechanism, boolean encrypting) {
        String status = encrypting ? "CKR_DATA_LEN_RANGE" : "CKR_ENCRYPTED_DATA_LEN_RANGE";
        if (mechanism.parameters() instanceof MechanismParameters.Ccm ccm) {
            long expected = ccm.dataBytes() + (encrypting ? 0 : ccm.macBytes());
            return (bytes, last) -> {
                if (bytes > expected || (last && bytes < expected)) {
                    throw Failures.operation(status, "CCM was told of " + expected + " bytes");
                }
            };
        } else if (mechanism.parameters() instanceof MechanismParameters.Counter counter) {
            BigInteger values = BigInteger.ONE.shiftLeft(counter.counterBits());
            BigInteger start = new BigInteger(1, counter.counterBlock().sharedArray()).mod(values);
            BigInteger maxBytes = values.subtract(start).multiply(BigInteger.valueOf(AES_BLOCK_BYTES));
            return (bytes, last) -> {
                if (BigInteger.valueOf(bytes).compareTo(maxBytes) > 0) {
                    throw Failures.operation(status, "the counter would come round after " + maxBytes + " bytes");
                }
            };
        } else if (mechanism.parameters() instanceof MechanismParameters.Gcm gcm && !encrypting) {
            // The JDK's engine answers a ciphertext that is shorter than its tag with an unchecked exception.
            int tagBytes = gcm.tagBits() / Byte.SIZE;
            return (bytes, last) -> {
                if (last && bytes < tagBytes) {
                    throw Failures.doesNotOpen();
                }
            };
        }
        return (bytes, last) -> {};
    }
}

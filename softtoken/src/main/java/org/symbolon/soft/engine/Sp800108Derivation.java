package org.symbolon.soft.engine;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.Attribute;
import org.symbolon.DerivationParameters;
import org.symbolon.DerivationParameters.KdfField;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.TokenException;

/** The derivations of NIST SP 800-108: counter, feedback and double pipeline mode (PKCS #11 v3.2 section 6.42). */
final class Sp800108Derivation implements KeyDerivation {
    /** Which. */
    enum Mode {
        COUNTER,
        FEEDBACK,
        DOUBLE_PIPELINE
    }

    private final Mode mode;

    Sp800108Derivation(Mode mode) {
        this.mode = mode;
    }

    @Override
    public MechanismInfo info() {
        return Derivations.info(8, 8L * SecretKeys.MAX_GENERIC_BYTES);
    }

    @Override
    public byte[] derive(LoadedKey base, Mechanism mechanism, List<LoadedKey> others, int bytes)
            throws GeneralSecurityException {
        if (!(mechanism.parameters() instanceof DerivationParameters.Sp800108 kdf)) {
            throw Failures.parameter(mechanism + " wants SP 800-108 parameters");
        }
        requireFields(kdf, mechanism);
        Mac prf = prf(kdf.prf(), base);
        return new Run(kdf, prf, Derivations.required(bytes)).key();
    }

    private void requireFields(DerivationParameters.Sp800108 kdf, Mechanism mechanism) throws TokenException {
        long iterations = count(kdf, KdfField.IterationVariable.class);
        boolean counterTwice = count(kdf, KdfField.Counter.class) > (mode == Mode.COUNTER ? 0 : 1)
                || count(kdf, KdfField.KeyLength.class) > 1;
        if (iterations != 1 || counterTwice) {
            throw Failures.parameter(mechanism + " wants one iteration variable, at most one length and, where the"
                    + " iteration variable is none, at most one counter");
        }
        if (mode != Mode.FEEDBACK && !kdf.iv().isEmpty()) {
            throw Failures.parameter(mechanism + " takes no initialization vector");
        }
    }

    private static long count(DerivationParameters.Sp800108 kdf, Class<? extends KdfField> kind) {
        return kdf.fields().stream().filter(kind::isInstance).count();
    }

    private static Mac prf(MechanismType type, LoadedKey base) throws GeneralSecurityException {
        KeyType keyType = base.attributes().get(Attribute.KEY_TYPE);
        String algorithm = algorithm(type);
        boolean fits = algorithm.startsWith("Hmac")
                ? keyType.equals(KeyType.GENERIC_SECRET)
                : keyType.equals(algorithm.startsWith("AES") ? KeyType.AES : KeyType.DES3);
        if (!fits) {
            throw Failures.operation("CKR_KEY_TYPE_INCONSISTENT", type + " is not for keys of type " + keyType);
        }
        Mac mac = Mac.getInstance(algorithm, Engines.NATIVE_JDK_BC.get("Mac", algorithm));
        mac.init(new SecretKeySpec(base.attributes().get(Attribute.VALUE).sharedArray(), algorithm));
        return mac;
    }

    private static String algorithm(MechanismType type) throws TokenException {
        HashAlgorithm hash =
                MechanismTable.row(type).flatMap(MechanismTable.Row::hash).orElse(null);
        if (hash != null && type.name().endsWith("_HMAC")) {
            return Macs.hmac(hash);
        }
        return switch (type.name()) {
            case "CKM_AES_CMAC" -> "AESCMAC";
            case "CKM_DES3_CMAC" -> "DESedeCMAC";
            default -> throw Failures.parameter(type.name() + " is no pseudo-random function");
        };
    }

    /** One derivation. */
    private final class Run {
        private final DerivationParameters.Sp800108 kdf;
        private final Mac prf;
        private final int bytes;

        Run(DerivationParameters.Sp800108 kdf, Mac prf, int bytes) {
            this.kdf = kdf;
            this.prf = prf;
            this.bytes = bytes;
        }

        byte[] key() throws TokenException {
            byte[] key = new byte[bytes];
            byte[] state = kdf.iv().sharedArray();
            byte[] previous = new byte[0];
            int done = 0;
            for (int counter = 1; done < bytes; counter++) {
                byte[] input;
                if (mode == Mode.DOUBLE_PIPELINE) {
                    previous = counter == 1 ? prf.doFinal(input(0, null)) : prf.doFinal(previous);
                    input = input(counter, previous);
                } else {
                    input = input(counter, state);
                }
                state = prf.doFinal(input);
                int part = Math.min(state.length, bytes - done);
                System.arraycopy(state, 0, key, done, part);
                done += part;
            }
            return key;
        }

        /** Returns what goes into a step; without state, what the first pipeline begins with: the fixed fields alone. */
        private byte[] input(int counter, byte @org.jspecify.annotations.Nullable [] state) throws TokenException {
            ByteArrayOutputStream input = new ByteArrayOutputStream();
            for (KdfField field : kdf.fields()) {
                if (field instanceof KdfField.IterationVariable variable) {
                    if (mode == Mode.COUNTER) {
                        input.writeBytes(number(counter, variable.bits(), variable.littleEndian()));
                    } else if (state != null) {
                        input.writeBytes(state);
                    }
                } else if (field instanceof KdfField.Counter optional) {
                    if (state != null) {
                        input.writeBytes(number(counter, optional.bits(), optional.littleEndian()));
                    }
                } else if (field instanceof KdfField.KeyLength length) {
                    input.writeBytes(number(8L * lengthBytes(length), length.bits(), length.littleEndian()));
                } else if (field instanceof KdfField.FixedData fixed) {
                    input.writeBytes(fixed.data().sharedArray());
                }
            }
            return input.toByteArray();
        }

        private long lengthBytes(KdfField.KeyLength length) {
            int step = prf.getMacLength();
            return length.ofSegments() ? (long) (bytes + step - 1) / step * step : bytes;
        }

        private byte[] number(long value, int bits, boolean littleEndian) throws TokenException {
            if (bits < Long.SIZE && value >>> bits != 0) {
                throw Failures.parameter(value + " does not fit into a field of " + bits + " bits");
            }
            return littleEndian ? Counters.littleEndian(value, bits / 8) : Counters.bigEndian(value, bits / 8);
        }
    }
}

package org.symbolon.soft.engine;

import java.util.List;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.Mechanism;
import org.symbolon.MechanismInfo;
import org.symbolon.TokenException;

/** The miscellaneous simple key derivations (PKCS #11 v3.2 section 6.43): join, combine, cut out. */
final class SimpleDerivation implements KeyDerivation {
    /** Which. */
    enum Kind {
        BASE_AND_KEY,
        BASE_AND_DATA,
        DATA_AND_BASE,
        XOR,
        EXTRACT
    }

    private final Kind kind;

    SimpleDerivation(Kind kind) {
        this.kind = kind;
    }

    @Override
    public MechanismInfo info() {
        return Derivations.info(8, 8L * SecretKeys.MAX_GENERIC_BYTES);
    }

    @Override
    public byte[] derive(LoadedKey base, Mechanism mechanism, List<LoadedKey> others, int bytes) throws TokenException {
        byte[] value = base.attributes().get(Attribute.VALUE).sharedArray();
        return switch (kind) {
            case BASE_AND_KEY -> {
                if (others.size() != 1) {
                    throw Failures.parameter(mechanism + " wants another key");
                }
                byte[] other = others.get(0).attributes().get(Attribute.VALUE).sharedArray();
                yield Derivations.leading(joined(value, other), bytes);
            }
            case BASE_AND_DATA ->
                Derivations.leading(joined(value, data(mechanism).sharedArray()), bytes);
            case DATA_AND_BASE -> Derivations.leading(joined(data(mechanism).sharedArray(), value), bytes);
            case XOR -> Derivations.leading(combined(value, data(mechanism).sharedArray()), bytes);
            case EXTRACT -> extracted(value, mechanism, Derivations.required(bytes));
        };
    }

    private static Bytes data(Mechanism mechanism) throws TokenException {
        if (mechanism.parameters() instanceof DerivationParameters.StringData data) {
            return data.data();
        }
        throw Failures.parameter(mechanism + " wants data");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] combined(byte[] value, byte[] data) throws TokenException {
        byte[] result = new byte[Math.min(value.length, data.length)];
        if (result.length == 0) {
            throw Failures.parameter("there is no data to combine with");
        }
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (value[i] ^ data[i]);
        }
        return result;
    }

    /** Returns bits of a key; those after its last are its first again. */
    private static byte[] extracted(byte[] value, Mechanism mechanism, int bytes) throws TokenException {
        if (!(mechanism.parameters() instanceof DerivationParameters.BitPosition position)) {
            throw Failures.parameter(mechanism + " wants the number of the first bit");
        }
        int bits = 8 * value.length;
        if (bytes > value.length) {
            throw Failures.operation("CKR_KEY_SIZE_RANGE", "the base key has no " + bytes + " bytes");
        }
        if (position.bit() >= bits) {
            throw Failures.parameter("the base key has no bit " + position.bit());
        }
        byte[] result = new byte[bytes];
        for (int i = 0; i < 8 * bytes; i++) {
            int from = (position.bit() + i) % bits;
            int bit = value[from / 8] >> (7 - from % 8) & 1;
            result[i / 8] |= (byte) (bit << (7 - i % 8));
        }
        return result;
    }
}

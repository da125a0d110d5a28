package org.symbolon.kmip.key;

import java.math.BigInteger;
import java.util.Arrays;
import org.symbolon.InvalidAttributeException;

/** The two forms of ECDSA signatures: r and s one after the other, as tokens make them, and in DER, as KMIP's clients expect. */
public final class SignatureForm {
    private SignatureForm() {}

    public static byte[] toDer(byte[] raw) {
        int half = raw.length / 2;
        return KeyDer.sequence(
                KeyDer.integer(new BigInteger(1, Arrays.copyOf(raw, half))),
                KeyDer.integer(new BigInteger(1, Arrays.copyOfRange(raw, half, raw.length))));
    }

    /** Returns r and s one after the other, of either form. */
    public static byte[] toRaw(byte[] signature, int fieldBytes) throws InvalidAttributeException {
        if (signature.length == 2 * fieldBytes) {
            return signature;
        }
        KeyDer values = KeyDer.reader(signature).into(KeyDer.SEQUENCE);
        byte[] r = KeyParts.unsigned(values.number(), fieldBytes);
        byte[] s = KeyParts.unsigned(values.number(), fieldBytes);
        byte[] raw = Arrays.copyOf(r, r.length + s.length);
        System.arraycopy(s, 0, raw, r.length, s.length);
        return raw;
    }
}

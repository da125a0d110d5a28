package org.symbolon.jca;

import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;

/** How ECDSA's two numbers are written: tokens give r‖s of fixed width, the JCA wants DER unless it is asked otherwise. */
enum EcdsaEncoding {
    /** r‖s, each as long as the order (IEEE P1363). */
    P1363 {
        @Override
        byte[] encode(byte[] fixed) {
            return fixed;
        }

        @Override
        int maxBytes(int orderBits) {
            return 2 * ((orderBits + 7) / 8);
        }
    },
    /** SEQUENCE of two INTEGERs (RFC 3279). */
    DER {
        @Override
        byte[] encode(byte[] fixed) {
            byte[] r = integer(Arrays.copyOf(fixed, fixed.length / 2));
            byte[] s = integer(Arrays.copyOfRange(fixed, fixed.length / 2, fixed.length));
            int content = r.length + s.length;
            byte[] header = content < LONG_FORM
                    ? new byte[] {SEQUENCE, (byte) content}
                    : new byte[] {SEQUENCE, (byte) 0x81, (byte) content};
            byte[] der = Arrays.copyOf(header, header.length + content);
            System.arraycopy(r, 0, der, header.length, r.length);
            System.arraycopy(s, 0, der, header.length + r.length, s.length);
            return der;
        }

        @Override
        int maxBytes(int orderBits) {
            int content = 2 * (2 + orderBits / 8 + 1);
            return (content < LONG_FORM ? 2 : 3) + content;
        }
    };

    private static final int LONG_FORM = 0x80;
    private static final byte SEQUENCE = 0x30;
    private static final byte INTEGER = 0x02;

    /** Returns the encoding of a signature as the token made it. */
    abstract byte[] encode(byte[] fixed);

    /** Returns the length of the longest signature. */
    abstract int maxBytes(int orderBits);

    /** Refuses what no token makes. */
    static byte[] checked(byte[] fixed, int orderBytes) throws SignatureException {
        if (fixed.length != 2 * orderBytes) {
            throw new SignatureException("the token made an ECDSA signature of " + fixed.length + " bytes where "
                    + 2 * orderBytes + " are due (PKCS #11 v3.2 section 6.3.1)");
        }
        return fixed;
    }

    private static byte[] integer(byte[] unsigned) {
        byte[] value = new BigInteger(1, unsigned).toByteArray();
        byte[] der = new byte[2 + value.length];
        der[0] = INTEGER;
        der[1] = (byte) value.length;
        System.arraycopy(value, 0, der, 2, value.length);
        return der;
    }
}

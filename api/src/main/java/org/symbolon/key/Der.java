package org.symbolon.key;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.ParameterSet;

/** The little DER that keys need (X.690). */
final class Der {
    private static final int LONG_FORM = 0x80;
    private static final int BIT_STRING = 0x03;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        return value(0x30, content.toByteArray());
    }

    static byte[] integer(Bytes unsigned) {
        return value(0x02, Unsigned.number(unsigned).toByteArray());
    }

    static byte[] octetString(byte[] content) {
        return value(0x04, content);
    }

    static byte[] bitString(byte[] content) {
        byte[] withUnusedBits = new byte[content.length + 1];
        System.arraycopy(content, 0, withUnusedBits, 1, content.length);
        return value(BIT_STRING, withUnusedBits);
    }

    private static byte[] value(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        if (content.length < LONG_FORM) {
            out.write(content.length);
        } else {
            byte[] length =
                    Unsigned.bytes(java.math.BigInteger.valueOf(content.length)).toByteArray();
            out.write(LONG_FORM | length.length);
            out.writeBytes(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** {@return whether the bytes are exactly one value with a definite length} */
    static boolean isWhole(byte[] der) {
        int header = headerLength(der);
        return header > 0 && contentLength(der) == der.length - header;
    }

    /** {@return the content of a value} */
    static byte[] content(byte[] der) {
        return Arrays.copyOfRange(der, headerLength(der), der.length);
    }

    /** {@return the name of the KeyFactory for a SubjectPublicKeyInfo, by its algorithm identifier} */
    static String keyFactoryAlgorithm(byte[] subjectPublicKeyInfo) {
        String rest = algorithmIdentifier(subjectPublicKeyInfo);
        if (rest.startsWith("06092a864886f70d010101")) {
            return "RSA";
        } else if (rest.startsWith("06092a864886f70d01010a")) {
            return "RSASSA-PSS";
        } else if (rest.startsWith("06072a8648ce3d0201")) {
            return "EC";
        } else if (rest.startsWith("06032b6570") || rest.startsWith("06032b6571")) {
            return "EdDSA";
        } else if (rest.startsWith("06032b656e") || rest.startsWith("06032b656f")) {
            return "XDH";
        }
        if (rest.startsWith("06092a864886f70d010301")) {
            return "DH";
        }
        throw new IllegalArgumentException(
                "a SubjectPublicKeyInfo of an algorithm that is none of RSA, EC, EdDSA, XDH, DH");
    }

    /** {@return the parameter set that a SubjectPublicKeyInfo names as its algorithm, if it does} */
    static Optional<ParameterSet> parameterSet(byte[] subjectPublicKeyInfo) {
        String rest = algorithmIdentifier(subjectPublicKeyInfo);
        return Arrays.stream(ParameterSet.values())
                .filter(set -> rest.startsWith(
                        Bytes.wrap(objectIdentifier(set.objectIdentifier())).toHex()))
                .findFirst();
    }

    /**
     * Returns the public key itself, of a SubjectPublicKeyInfo whose algorithm was recognised.
     *
     * @throws IllegalArgumentException if what follows the algorithm is no BIT STRING of whole bytes
     */
    static byte[] publicKeyBits(byte[] subjectPublicKeyInfo) {
        byte[] content = content(subjectPublicKeyInfo);
        long algorithm = headerLength(content) + contentLength(content);
        byte[] rest =
                algorithm > content.length ? new byte[0] : Arrays.copyOfRange(content, (int) algorithm, content.length);
        byte[] bits = rest.length > 0 && rest[0] == BIT_STRING && isWhole(rest) ? content(rest) : new byte[0];
        if (bits.length == 0 || bits[0] != 0) {
            throw new IllegalArgumentException("a SubjectPublicKeyInfo holds the key as a BIT STRING of whole bytes");
        }
        return Arrays.copyOfRange(bits, 1, bits.length);
    }

    static byte[] objectIdentifier(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        base128(content, 40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            base128(content, Integer.parseInt(arcs[i]));
        }
        return value(0x06, content.toByteArray());
    }

    private static void base128(ByteArrayOutputStream out, int arc) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if (arc >>> shift != 0) {
                out.write(0x80 | (arc >>> shift));
            }
        }
        out.write(arc & 0x7F);
    }

    /** {@return what follows the headers of the two sequences, in hexadecimal: the object identifier and more} */
    private static String algorithmIdentifier(byte[] subjectPublicKeyInfo) {
        byte[] rest = subjectPublicKeyInfo;
        for (int depth = 0; depth < 2; depth++) {
            int header = headerLength(rest);
            if (header < 0 || rest[0] != 0x30) {
                return "";
            }
            rest = Arrays.copyOfRange(rest, header, rest.length);
        }
        return Bytes.wrap(rest).toHex();
    }

    private static int headerLength(byte[] der) {
        if (der.length < 2) {
            return -1;
        }
        int first = der[1] & 0xFF;
        int header = first < LONG_FORM ? 2 : 2 + (first & 0x7F);
        return first == LONG_FORM || header > 6 || header > der.length ? -1 : header;
    }

    private static long contentLength(byte[] der) {
        int first = der[1] & 0xFF;
        if (first < LONG_FORM) {
            return first;
        }
        long length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = (length << 8) | (der[2 + i] & 0xFF);
        }
        return length;
    }
}

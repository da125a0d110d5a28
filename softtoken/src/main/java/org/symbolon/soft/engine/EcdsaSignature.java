package org.symbolon.soft.engine;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/** ECDSA signatures as PKCS #11 has them (r‖s, each as long as the field) and as the JCA has them (DER). */
final class EcdsaSignature {
    private static final byte LONG_FORM = (byte) 0x81;

    private EcdsaSignature() {}

    /** Returns r‖s of what an engine of this process made. */
    static byte[] ofDer(byte[] der, int fieldBytes) {
        byte[] signature = new byte[2 * fieldBytes];
        int r = der[1] == LONG_FORM ? 3 : 2;
        int s = copy(der, r, signature, fieldBytes);
        copy(der, s, signature, 2 * fieldBytes);
        return signature;
    }

    /** Copies an INTEGER so that it ends at a place, and returns where the next one begins. */
    private static int copy(byte[] der, int integer, byte[] signature, int end) {
        int first = integer + 2;
        int next = first + der[integer + 1];
        if (der[first] == 0) {
            first++;
        }
        System.arraycopy(der, first, signature, end - (next - first), next - first);
        return next;
    }

    static byte[] toDer(byte[] signature) {
        int half = signature.length / 2;
        ASN1Integer r = new ASN1Integer(new BigInteger(1, Arrays.copyOf(signature, half)));
        ASN1Integer s = new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(signature, half, signature.length)));
        try {
            return new DERSequence(new ASN1Integer[] {r, s}).getEncoded();
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }
}

package org.symbolon.soft.engine;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.util.BigIntegers;

/** ECDSA signatures as PKCS #11 has them (r‖s, each as long as the field) and as the JCA has them (DER). */
final class EcdsaSignature {
    private EcdsaSignature() {}

    static byte[] ofDer(byte[] der, int fieldBytes) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(der);
        byte[] signature = new byte[2 * fieldBytes];
        for (int i = 0; i < 2; i++) {
            BigInteger value = ASN1Integer.getInstance(sequence.getObjectAt(i)).getPositiveValue();
            byte[] bytes = BigIntegers.asUnsignedByteArray(fieldBytes, value);
            System.arraycopy(bytes, 0, signature, i * fieldBytes, fieldBytes);
        }
        return signature;
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

package org.symbolon.kmip.ttlv;

import org.symbolon.Bytes;
import org.symbolon.SecretBytes;

/** The tags whose values are secret wherever they stand: passwords, key material and its private parts. */
final class SecretTags {
    private static final int FIRST_TAG = 0x420000;
    private static final boolean[] BY_LOW_BITS = index(
            "Password",
            "HashedPassword",
            "OneTimePassword",
            "TicketValue",
            "KeyMaterial",
            "KeyValue",
            "Key",
            "D",
            "X",
            "P",
            "Q",
            "PrivateExponent",
            "PrimeExponentP",
            "PrimeExponentQ",
            "CRTCoefficient",
            "Data",
            "PKCS_11InputParameters",
            "PKCS_11OutputParameters");

    private SecretTags() {}

    private static boolean[] index(String... names) {
        boolean[] index = new boolean[0x10000];
        for (String name : names) {
            index[Tag.named(name).code() - FIRST_TAG] = true;
        }
        return index;
    }

    static boolean contains(int tagCode) {
        int low = tagCode - FIRST_TAG;
        return low >= 0 && low < BY_LOW_BITS.length && BY_LOW_BITS[low];
    }

    /** {@return holder of bytes that nobody else keeps: one that can be wiped if the tag asks for it} */
    static Bytes hold(Tag tag, byte[] content) {
        return contains(tag.code()) ? SecretBytes.takeOver(content) : Bytes.wrap(content);
    }

    static void wipe(Bytes content) {
        if (content instanceof SecretBytes secret) {
            secret.close();
        }
    }
}

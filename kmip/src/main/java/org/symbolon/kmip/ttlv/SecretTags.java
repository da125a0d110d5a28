package org.symbolon.kmip.ttlv;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;

/** The tags whose values are secret wherever they stand: passwords, key material and its private parts. */
final class SecretTags {
    private static final Set<Tag> TAGS = Stream.of(
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
                    "PKCS_11OutputParameters")
            .map(Tag::named)
            .collect(Collectors.toUnmodifiableSet());

    private SecretTags() {}

    static boolean contains(Tag tag) {
        return TAGS.contains(tag);
    }

    /** {@return holder of bytes that nobody else keeps: one that can be wiped if the tag asks for it} */
    static Bytes hold(Tag tag, byte[] content) {
        return TAGS.contains(tag) ? SecretBytes.takeOver(content) : Bytes.wrap(content);
    }

    static void wipe(Bytes content) {
        if (content instanceof SecretBytes secret) {
            secret.close();
        }
    }
}

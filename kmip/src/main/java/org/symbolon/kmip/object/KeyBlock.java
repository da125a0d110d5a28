package org.symbolon.kmip.object;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.KeyCompressionType;
import org.symbolon.kmip.enumeration.KeyFormatType;

/**
 * A key as it travels (KMIP 2.1 section 3.2).
 *
 * @param keyFormatType what form the key has
 * @param keyCompressionType how a point of a curve is written
 * @param keyValue the key; null where the server does not have it (KMIP 1.2)
 * @param cryptographicAlgorithm the algorithm that it is for
 * @param cryptographicLength its length in bits
 * @param keyWrappingData how it is wrapped; null where it is not
 */
public record KeyBlock(
        KeyFormatType keyFormatType,
        @Nullable KeyCompressionType keyCompressionType,
        @Nullable KeyValue keyValue,
        @Nullable CryptographicAlgorithm cryptographicAlgorithm,
        @Nullable Integer cryptographicLength,
        @Nullable KeyWrappingData keyWrappingData) {

    /**
     * Returns a key of bytes.
     *
     * @param format the form of {@code encoding}
     * @param encoding the key
     * @param algorithm the algorithm that it is for
     * @param lengthBits its length in bits
     * @return the key block
     */
    public static KeyBlock of(KeyFormatType format, Bytes encoding, CryptographicAlgorithm algorithm, int lengthBits) {
        return new KeyBlock(format, null, KeyValue.Plain.of(encoding), algorithm, lengthBits, null);
    }

    /** {@return the key's bytes in its format; empty where it is wrapped, transparent or not there} */
    public Optional<Bytes> encoding() {
        return keyValue instanceof KeyValue.Plain plain && plain.material() instanceof KeyMaterial.Encoded encoded
                ? Optional.of(encoded.encoding())
                : Optional.empty();
    }
}

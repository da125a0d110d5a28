package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.DigitalSignatureAlgorithm;
import org.symbolon.kmip.enumeration.HashingAlgorithm;
import org.symbolon.kmip.enumeration.KeyRoleType;
import org.symbolon.kmip.enumeration.MaskGenerator;
import org.symbolon.kmip.enumeration.PaddingMethod;

/** Makes {@link CryptographicParameters} (KMIP 2.1 section 4.16). What is not set, or set to null, is not said. Not thread-safe. */
public final class CryptographicParametersBuilder {
    private @Nullable BlockCipherMode blockCipherMode;
    private @Nullable PaddingMethod paddingMethod;
    private @Nullable HashingAlgorithm hashingAlgorithm;
    private @Nullable KeyRoleType keyRoleType;
    private @Nullable DigitalSignatureAlgorithm digitalSignatureAlgorithm;
    private @Nullable CryptographicAlgorithm cryptographicAlgorithm;
    private @Nullable Boolean randomIv;
    private @Nullable Integer ivLength;
    private @Nullable Integer tagLength;
    private @Nullable Integer fixedFieldLength;
    private @Nullable Integer invocationFieldLength;
    private @Nullable Integer counterLength;
    private @Nullable Integer initialCounterValue;
    private @Nullable Integer saltLength;
    private @Nullable MaskGenerator maskGenerator;
    private @Nullable HashingAlgorithm maskGeneratorHashingAlgorithm;
    private @Nullable Bytes pSource;
    private @Nullable Integer trailerField;

    CryptographicParametersBuilder() {}

    /**
     * Sets the Block Cipher Mode.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder blockCipherMode(@Nullable BlockCipherMode value) {
        blockCipherMode = value;
        return this;
    }

    /**
     * Sets the Padding Method.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder paddingMethod(@Nullable PaddingMethod value) {
        paddingMethod = value;
        return this;
    }

    /**
     * Sets the Hashing Algorithm.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder hashingAlgorithm(@Nullable HashingAlgorithm value) {
        hashingAlgorithm = value;
        return this;
    }

    /**
     * Sets the Key Role Type.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder keyRoleType(@Nullable KeyRoleType value) {
        keyRoleType = value;
        return this;
    }

    /**
     * Sets the Digital Signature Algorithm (1.2).
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder digitalSignatureAlgorithm(@Nullable DigitalSignatureAlgorithm value) {
        digitalSignatureAlgorithm = value;
        return this;
    }

    /**
     * Sets the Cryptographic Algorithm (1.2).
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder cryptographicAlgorithm(@Nullable CryptographicAlgorithm value) {
        cryptographicAlgorithm = value;
        return this;
    }

    /**
     * Sets the Random IV (1.2): whether the server makes the IV.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder randomIv(@Nullable Boolean value) {
        randomIv = value;
        return this;
    }

    /**
     * Sets the IV Length (1.2), in bits.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder ivLength(@Nullable Integer value) {
        ivLength = value;
        return this;
    }

    /**
     * Sets the Tag Length (1.2), in bytes.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder tagLength(@Nullable Integer value) {
        tagLength = value;
        return this;
    }

    /**
     * Sets the Fixed Field Length (1.2), in bits.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder fixedFieldLength(@Nullable Integer value) {
        fixedFieldLength = value;
        return this;
    }

    /**
     * Sets the Invocation Field Length (1.2), in bits.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder invocationFieldLength(@Nullable Integer value) {
        invocationFieldLength = value;
        return this;
    }

    /**
     * Sets the Counter Length (1.2), in bits.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder counterLength(@Nullable Integer value) {
        counterLength = value;
        return this;
    }

    /**
     * Sets the Initial Counter Value (1.2).
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder initialCounterValue(@Nullable Integer value) {
        initialCounterValue = value;
        return this;
    }

    /**
     * Sets the Salt Length (1.4), in bytes.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder saltLength(@Nullable Integer value) {
        saltLength = value;
        return this;
    }

    /**
     * Sets the Mask Generator (1.4).
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder maskGenerator(@Nullable MaskGenerator value) {
        maskGenerator = value;
        return this;
    }

    /**
     * Sets the Mask Generator Hashing Algorithm (1.4).
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder maskGeneratorHashingAlgorithm(@Nullable HashingAlgorithm value) {
        maskGeneratorHashingAlgorithm = value;
        return this;
    }

    /**
     * Sets the P Source (1.4): the label of OAEP.
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder pSource(@Nullable Bytes value) {
        pSource = value;
        return this;
    }

    /**
     * Sets the Trailer Field (1.4).
     *
     * @param value the value; null for none
     * @return this builder
     */
    public CryptographicParametersBuilder trailerField(@Nullable Integer value) {
        trailerField = value;
        return this;
    }

    /** {@return the parameters} */
    public CryptographicParameters build() {
        return new CryptographicParameters(
                blockCipherMode,
                paddingMethod,
                hashingAlgorithm,
                keyRoleType,
                digitalSignatureAlgorithm,
                cryptographicAlgorithm,
                randomIv,
                ivLength,
                tagLength,
                fixedFieldLength,
                invocationFieldLength,
                counterLength,
                initialCounterValue,
                saltLength,
                maskGenerator,
                maskGeneratorHashingAlgorithm,
                pSource,
                trailerField);
    }
}

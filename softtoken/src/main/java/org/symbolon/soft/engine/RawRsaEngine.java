package org.symbolon.soft.engine;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.TokenException;

/** CKM_RSA_PKCS over what the caller gives (for signatures a DigestInfo), and CKM_RSA_X_509 without padding. */
final class RawRsaEngine implements MechanismEngine {
    private final boolean padded;

    RawRsaEngine(boolean padded) {
        this.padded = padded;
    }

    @Override
    public MechanismInfo info() {
        Set<MechanismFunction> functions = padded
                ? Set.of(
                        MechanismFunction.SIGN,
                        MechanismFunction.VERIFY,
                        MechanismFunction.ENCRYPT,
                        MechanismFunction.DECRYPT,
                        MechanismFunction.WRAP,
                        MechanismFunction.UNWRAP)
                : Set.of(
                        MechanismFunction.SIGN,
                        MechanismFunction.VERIFY,
                        MechanismFunction.ENCRYPT,
                        MechanismFunction.DECRYPT);
        return new MechanismInfo(KeySizes.MIN_RSA_BITS, KeySizes.MAX_RSA_BITS, functions);
    }

    @Override
    public EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException {
        Failures.requireNoParameters(mechanism);
        BigInteger modulus = KeyEncoding.integer(key.attributes(), Attribute.MODULUS);
        int length = (modulus.bitLength() + 7) / 8;
        return switch (function) {
            case SIGN ->
                new BufferedOperation(data -> RsaFunction.PRIVATE.apply(key, block(data, modulus, length, false)), end);
            case VERIFY ->
                new BufferedOperation((data, signature) -> verify(data, signature, key, modulus, length), end);
            case ENCRYPT, WRAP ->
                new BufferedOperation(data -> RsaFunction.PUBLIC.apply(key, block(data, modulus, length, true)), end);
            case DECRYPT, UNWRAP -> new BufferedOperation(data -> decrypt(data, key, modulus, length), end);
            default -> throw new AssertionError(function + " is not among the functions");
        };
    }

    /** Returns the data padded to the length of the modulus; the value of an unpadded block is less than the modulus. */
    private byte[] block(byte[] data, BigInteger modulus, int length, boolean encrypting) throws TokenException {
        int max = padded ? length - Pkcs1Padding.BYTES : length;
        if (data.length > max) {
            throw Failures.operation(
                    "CKR_DATA_LEN_RANGE", "this key takes at most " + max + " bytes, not " + data.length);
        }
        if (padded) {
            return encrypting ? Pkcs1Padding.forEncryption(data, length) : Pkcs1Padding.forSignature(data, length);
        }
        if (new BigInteger(1, data).compareTo(modulus) >= 0) {
            throw Failures.operation("CKR_DATA_INVALID", "as a number the data is less than the modulus");
        }
        byte[] block = new byte[length];
        System.arraycopy(data, 0, block, length - data.length, data.length);
        return block;
    }

    private boolean verify(byte[] data, byte[] signature, LoadedKey key, BigInteger modulus, int length)
            throws GeneralSecurityException {
        byte[] expected = block(data, modulus, length, false);
        if (signature.length != length || new BigInteger(1, signature).compareTo(modulus) >= 0) {
            return false;
        }
        return MessageDigest.isEqual(expected, RsaFunction.PUBLIC.apply(key, signature));
    }

    /** Decrypts; whatever is wrong inside the block has one answer, found without branching on what is inside. */
    private byte[] decrypt(byte[] data, LoadedKey key, BigInteger modulus, int length) throws GeneralSecurityException {
        if (data.length != length) {
            throw Failures.operation("CKR_ENCRYPTED_DATA_LEN_RANGE", "the ciphertext has " + length + " bytes");
        }
        if (new BigInteger(1, data).compareTo(modulus) >= 0) {
            throw Failures.doesNotOpen();
        }
        byte[] block = RsaFunction.PRIVATE.apply(key, data);
        return padded ? Pkcs1Padding.remove(block).orElseThrow(Failures::doesNotOpen) : block;
    }
}

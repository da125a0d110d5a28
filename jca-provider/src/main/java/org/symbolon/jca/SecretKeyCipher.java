package org.symbolon.jca;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.key.TokenSecretKey;

/**
 * A cipher with a secret key of the token: one round trip if the data comes at once, one for each part otherwise. What is
 * authenticated leaves only after its tag was checked. Not thread-safe, as no Cipher is.
 */
final class SecretKeyCipher extends TokenCipher {
    private static final byte[] NOTHING = {};

    private final SymbolonProvider provider;
    private final CipherAlgorithm algorithm;
    private int opmode;
    private @Nullable TokenSecretKey key;
    private @Nullable CipherRun run;
    private CipherParameters parameters = CipherParameters.NONE;
    private @Nullable EncryptedWith last;

    /** The key and IV of the last encryption, which must not be used for another. */
    private record EncryptedWith(TokenSecretKey key, Bytes iv) {}

    SecretKeyCipher(SymbolonProvider provider, CipherAlgorithm algorithm) {
        this.provider = provider;
        this.algorithm = algorithm;
    }

    @Override
    protected void engineSetMode(String name) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException(algorithm.name() + " is the whole name");
    }

    @Override
    protected void engineSetPadding(String name) throws NoSuchPaddingException {
        throw new NoSuchPaddingException(algorithm.name() + " is the whole name");
    }

    // ---- initialisation

    @Override
    AlgorithmParameterSpec decode(AlgorithmParameters encoded) throws InvalidAlgorithmParameterException {
        return algorithm.mode().decode(encoded);
    }

    @Override
    void initialise(int mode, Key newKey, @Nullable AlgorithmParameterSpec given, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        TokenSecretKey own = OwnKeys.require(provider, newKey, TokenSecretKey.class, "encrypts and decrypts");
        if (!algorithm.takes(own)) {
            throw new InvalidKeyException(own + " is of another type or length than " + algorithm.name() + " takes");
        }
        boolean encrypting = mode == Cipher.ENCRYPT_MODE || mode == Cipher.WRAP_MODE;
        CipherParameters wanted = parameters(given, encrypting, random);
        if (encrypting && algorithm.mode().isAead()) {
            EncryptedWith now = new EncryptedWith(own, wanted.iv());
            if (now.equals(last)) {
                throw new InvalidAlgorithmParameterException(
                        "this key has encrypted with this IV already; a second time would betray both messages");
            }
        }
        boolean wholly = mode == Cipher.WRAP_MODE || mode == Cipher.UNWRAP_MODE;
        CipherRun fresh = new CipherRun(algorithm, own, wanted, encrypting);
        if (!wholly || !wrapsOnToken(own, encrypting)) {
            provider.capabilities().require(own, fresh.function(), algorithm.type());
        }
        opmode = mode;
        parameters = wanted;
        key = own;
        run = fresh;
    }

    private CipherParameters parameters(
            @Nullable AlgorithmParameterSpec given, boolean encrypting, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException {
        if (given != null) {
            return algorithm.mode().parse(given, algorithm.blockBytes());
        }
        if (!algorithm.mode().hasIv()) {
            return CipherParameters.NONE;
        }
        if (!encrypting) {
            throw new InvalidAlgorithmParameterException(
                    algorithm.name() + " decrypts with the IV that it was encrypted with: give it as parameters");
        }
        return algorithm.mode().generate(random == null ? new SecureRandom() : random, algorithm.blockBytes());
    }

    /** Returns whether the token itself wraps or unwraps with the key, and shows nobody what it is. */
    private boolean wrapsOnToken(TokenSecretKey own, boolean wrapping) {
        boolean may = own.object().attributes().isTrue(wrapping ? Attribute.WRAP : Attribute.UNWRAP);
        return may || algorithm.mode().wrapsOnly();
    }

    @Override
    void forget() {
        if (run != null) {
            if (run.hasGivenOut() && key != null) {
                last = new EncryptedWith(key, parameters.iv());
            }
            run.close();
        }
        run = null;
        key = null;
    }

    // ---- what is known

    @Override
    protected int engineGetBlockSize() {
        return algorithm.mode() == CipherMode.POLY1305 ? 0 : algorithm.blockBytes();
    }

    @Override
    protected int engineGetOutputSize(int inputLength) {
        return run == null ? inputLength : run.outputSize(inputLength);
    }

    @Override
    protected int engineGetKeySize(Key any) throws InvalidKeyException {
        TokenSecretKey own = OwnKeys.require(provider, any, TokenSecretKey.class, "encrypts and decrypts");
        long bytes = own.object().attributes().find(Attribute.VALUE_LEN).orElse(0L);
        return Math.toIntExact(8 * bytes);
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return parameters.iv().isEmpty() ? null : parameters.iv().toByteArray();
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return algorithm.mode().encode(parameters, algorithm.keyAlgorithm()).orElse(null);
    }

    // ---- data

    private CipherRun run() {
        if (run == null || opmode == Cipher.WRAP_MODE || opmode == Cipher.UNWRAP_MODE) {
            throw new IllegalStateException("the Cipher is not initialised for encrypting or decrypting");
        }
        if (run.isSpent()) {
            throw new IllegalStateException(
                    "the IV was used: initialise the Cipher with another before it encrypts again");
        }
        return run;
    }

    @Override
    protected void engineUpdateAAD(byte[] data, int offset, int length) {
        run().additionalData(data, offset, length);
    }

    @Override
    protected void engineUpdateAAD(ByteBuffer data) {
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        engineUpdateAAD(copy, 0, copy.length);
    }

    @Override
    protected byte[] engineUpdate(byte[] data, int offset, int length) {
        return run().update(data, offset, length);
    }

    @Override
    protected int engineUpdate(byte[] data, int offset, int length, byte[] output, int outputOffset)
            throws ShortBufferException {
        requireRoom(run().updateSize(length), output.length - outputOffset);
        byte[] result = run().update(data, offset, length);
        System.arraycopy(result, 0, output, outputOffset, result.length);
        return result.length;
    }

    @Override
    protected int engineUpdate(ByteBuffer input, ByteBuffer output) throws ShortBufferException {
        requireRoom(run().updateSize(input.remaining()), output.remaining());
        byte[] data = new byte[input.remaining()];
        input.get(data);
        byte[] result = run().update(data, 0, data.length);
        output.put(result);
        return result.length;
    }

    @Override
    protected byte[] engineDoFinal(byte @Nullable [] data, int offset, int length)
            throws IllegalBlockSizeException, BadPaddingException {
        CipherRun current = run();
        byte[] result = current.finish(data == null ? NOTHING : data, offset, length);
        current.delivered();
        return result;
    }

    @Override
    protected int engineDoFinal(byte @Nullable [] data, int offset, int length, byte[] output, int outputOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        byte[] result = finish(data == null ? NOTHING : data, offset, length, output.length - outputOffset);
        System.arraycopy(result, 0, output, outputOffset, result.length);
        return result.length;
    }

    @Override
    protected int engineDoFinal(ByteBuffer input, ByteBuffer output)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        byte[] data = new byte[input.remaining()];
        input.duplicate().get(data);
        byte[] result = finish(data, 0, data.length, output.remaining());
        input.position(input.limit());
        output.put(result);
        return result.length;
    }

    /** Returns the rest if there is room for it; if not, all stays as it was and the call can be made again. */
    private byte[] finish(byte[] data, int offset, int length, int room)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        CipherRun current = run();
        requireRoom(current.leastOutput(length), room);
        byte[] result = current.finish(data, offset, length);
        requireRoom(result.length, room);
        current.delivered();
        return result;
    }

    private static void requireRoom(int needed, int room) throws ShortBufferException {
        if (room < needed) {
            throw new ShortBufferException("the output has " + needed + " bytes, there is room for " + room);
        }
    }

    // ---- keys

    @Override
    protected byte[] engineWrap(Key target) throws IllegalBlockSizeException, InvalidKeyException {
        TokenSecretKey own = initialised(Cipher.WRAP_MODE);
        CipherRun current = current();
        try {
            if (target instanceof org.symbolon.key.TokenKey other) {
                return own.session().wrapKey(own.object(), current.mechanism(0), other.object());
            } else if (algorithm.mode().wrapsOnly()
                    || !own.object().attributes().isTrue(Attribute.ENCRYPT)) {
                if (target instanceof SecretKey secret) {
                    return TokenWrapping.secretKey(own, current.mechanism(0), secret);
                }
                throw new InvalidKeyException(own + " wraps keys of the token and secret keys; import the "
                        + target.getAlgorithm() + " key first");
            }
            return encryptEncoding(current, target);
        } catch (TokenException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        } finally {
            current.delivered();
        }
    }

    private static byte[] encryptEncoding(CipherRun current, Key target)
            throws InvalidKeyException, IllegalBlockSizeException {
        byte[] encoded = target.getEncoded();
        if (encoded == null) {
            throw new InvalidKeyException("there is no encoding to wrap of " + target);
        }
        try {
            return current.finish(encoded, 0, encoded.length);
        } catch (BadPaddingException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    @Override
    protected Key engineUnwrap(byte[] wrapped, String keyAlgorithm, int type)
            throws InvalidKeyException, NoSuchAlgorithmException {
        TokenSecretKey own = initialised(Cipher.UNWRAP_MODE);
        CipherRun current = current();
        if (unwrapped().isPresent() || wrapsOnToken(own, false)) {
            return UnwrappedKeys.onToken(
                    provider, own, current.mechanism(wrapped.length), wrapped, keyAlgorithm, type, unwrapped());
        }
        try {
            return UnwrappedKeys.decode(current.finish(wrapped, 0, wrapped.length), keyAlgorithm, type);
        } catch (IllegalBlockSizeException | BadPaddingException e) {
            throw UnwrappedKeys.invalid(e);
        } finally {
            current.delivered();
        }
    }

    private TokenSecretKey initialised(int wanted) {
        if (key == null || opmode != wanted) {
            throw new IllegalStateException("the Cipher is not initialised for this");
        }
        return key;
    }

    private CipherRun current() {
        if (run == null || run.isSpent()) {
            throw new IllegalStateException("the Cipher is not initialised, or its IV was used");
        }
        return run;
    }
}

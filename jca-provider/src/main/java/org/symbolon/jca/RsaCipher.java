package org.symbolon.jca;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenRsaPrivateKey;

/**
 * RSA: decrypts and unwraps with keys of the token, "encrypts" with them as others expect of a raw signature, and leaves
 * public keys to another provider. Not thread-safe, as no Cipher is.
 */
final class RsaCipher extends TokenCipher {
    private final SymbolonProvider provider;
    private RsaPadding named = RsaPadding.pkcs1();
    private RsaPadding padding = named;
    private int mode;
    private @Nullable TokenRsaPrivateKey key;
    private @Nullable RsaOperation operation;
    private @Nullable PublicKey publicKey;
    private @Nullable Cipher software;
    private final WipedBuffer input = new WipedBuffer();

    RsaCipher(SymbolonProvider provider) {
        this.provider = provider;
    }

    @Override
    protected void engineSetMode(String name) throws NoSuchAlgorithmException {
        if (!name.equalsIgnoreCase("ECB") && !name.equalsIgnoreCase("NONE")) {
            throw new NoSuchAlgorithmException("RSA has no mode " + name);
        }
    }

    @Override
    protected void engineSetPadding(String name) throws NoSuchPaddingException {
        named = RsaPadding.named(name);
        padding = named;
    }

    @Override
    AlgorithmParameterSpec decode(AlgorithmParameters encoded) throws InvalidAlgorithmParameterException {
        return padding.spec(encoded);
    }

    @Override
    void initialise(int opmode, Key newKey, @Nullable AlgorithmParameterSpec given, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        RsaPadding wanted = padded(opmode, given);
        if (newKey instanceof PublicKey other) {
            software = SoftwareCipher.of(
                    wanted.transformation(), opmode, other, wanted.spec().orElse(null), random);
            publicKey = other;
        } else {
            TokenRsaPrivateKey own = OwnKeys.require(provider, newKey, TokenRsaPrivateKey.class, "decrypts");
            operation = RsaOperation.of(provider.capabilities(), own, opmode, wanted);
            key = own;
        }
        padding = wanted;
        mode = opmode;
    }

    /** JSSE falls back from unwrapping to decrypting if its own spec is refused as an invalid key, and only then. */
    private RsaPadding padded(int opmode, @Nullable AlgorithmParameterSpec given)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        try {
            return named.with(given);
        } catch (InvalidAlgorithmParameterException e) {
            if (opmode == Cipher.UNWRAP_MODE) {
                throw new InvalidKeyException(e.getMessage(), e);
            }
            throw e;
        }
    }

    @Override
    void forget() {
        key = null;
        operation = null;
        software = null;
        publicKey = null;
        input.wipe();
    }

    @Override
    protected int engineGetBlockSize() {
        return 0;
    }

    @Override
    protected int engineGetOutputSize(int inputLength) {
        if (software != null) {
            return software.getOutputSize(inputLength);
        }
        return key == null ? 0 : bytes(key);
    }

    @Override
    protected int engineGetKeySize(Key any) throws InvalidKeyException {
        if (!(any instanceof RSAKey rsa)) {
            throw new InvalidKeyException("no RSA key: " + any.getAlgorithm());
        }
        return rsa.getModulus().bitLength();
    }

    private static int bytes(TokenRsaPrivateKey key) {
        return (key.getModulus().bitLength() + 7) / 8;
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return null;
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        if (padding.spec().isEmpty()) {
            return null;
        }
        try {
            AlgorithmParameters encoded = AlgorithmParameters.getInstance("OAEP");
            encoded.init(padding.spec().get());
            return encoded;
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException e) {
            throw new ProviderException("no installed provider encodes these OAEP parameters", e);
        }
    }

    @Override
    protected byte[] engineUpdate(byte[] data, int offset, int length) {
        if (software != null) {
            byte[] output = software.update(data, offset, length);
            return output == null ? new byte[0] : output;
        }
        input.write(data, offset, length);
        return new byte[0];
    }

    @Override
    protected int engineUpdate(byte[] data, int offset, int length, byte[] output, int outputOffset) {
        engineUpdate(data, offset, length);
        return 0;
    }

    @Override
    protected byte[] engineDoFinal(byte @Nullable [] data, int offset, int length)
            throws IllegalBlockSizeException, BadPaddingException {
        if (software != null) {
            return data == null ? software.doFinal() : software.doFinal(data, offset, length);
        }
        if (data != null) {
            input.write(data, offset, length);
        }
        byte[] whole = input.take();
        try {
            return operation().apply(whole);
        } catch (TokenException | IllegalStateException e) {
            throw Failures.provider(e);
        } finally {
            Arrays.fill(whole, (byte) 0);
        }
    }

    @Override
    protected int engineDoFinal(byte @Nullable [] data, int offset, int length, byte[] output, int outputOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        int needed = engineGetOutputSize(length);
        boolean exact = mode == Cipher.ENCRYPT_MODE || mode == Cipher.WRAP_MODE;
        if (exact && output.length - outputOffset < needed) {
            throw new ShortBufferException(
                    "the output has " + needed + " bytes, there is room for " + (output.length - outputOffset));
        }
        byte[] before = input.peek();
        byte[] result = engineDoFinal(data, offset, length);
        try {
            if (output.length - outputOffset < result.length) {
                input.write(before, 0, before.length);
                throw new ShortBufferException("the output has " + result.length + " bytes, there is room for "
                        + (output.length - outputOffset));
            }
            System.arraycopy(result, 0, output, outputOffset, result.length);
            return result.length;
        } finally {
            Arrays.fill(before, (byte) 0);
            Arrays.fill(result, (byte) 0);
        }
    }

    private RsaOperation operation() {
        if (operation == null) {
            throw new IllegalStateException("the Cipher is not initialised");
        }
        return operation;
    }

    @Override
    protected byte[] engineWrap(Key target) throws IllegalBlockSizeException, InvalidKeyException {
        if (target instanceof TokenKey own && publicKey != null) {
            return TokenWrapping.underPublicKey(publicKey, padding, own);
        }
        if (software != null) {
            return software.wrap(target);
        }
        byte[] encoded = target.getEncoded();
        if (encoded == null) {
            throw new InvalidKeyException("a private key encrypts encodings only, and " + target + " has none");
        }
        try {
            return operation().apply(encoded);
        } catch (BadPaddingException | TokenException e) {
            throw UnwrappedKeys.invalid(e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    @Override
    protected Key engineUnwrap(byte[] wrapped, String algorithm, int type)
            throws InvalidKeyException, NoSuchAlgorithmException {
        if (software != null) {
            return software.unwrap(wrapped, algorithm, type);
        }
        TokenRsaPrivateKey own = key;
        if (own == null) {
            throw new IllegalStateException("the Cipher is not initialised");
        }
        if (unwrapped().isPresent() || operation().unwrapsOnToken()) {
            return UnwrappedKeys.onToken(provider, own, padding.mechanism(own), wrapped, algorithm, type, unwrapped());
        }
        try {
            return UnwrappedKeys.decode(operation().apply(wrapped), algorithm, type);
        } catch (IllegalBlockSizeException | BadPaddingException | TokenException e) {
            throw UnwrappedKeys.invalid(e);
        }
    }
}

package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import java.util.Optional;
import java.util.Set;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import org.symbolon.Attribute;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.TokenException;
import org.symbolon.key.TokenRsaPrivateKey;

/** What an RSA private key of the token does with one block. Immutable. */
final class RsaOperation {
    private static final int PKCS1_BYTES = 11;
    private static final Set<String> BAD_PARAMETERS = Set.of("CKR_MECHANISM_PARAM_INVALID", "CKR_ARGUMENTS_BAD");

    private final TokenRsaPrivateKey key;
    private final RsaPadding padding;
    private final Way way;
    private final boolean rawToo;

    private enum Way {
        SIGN,
        DECRYPT,
        DECRYPT_RAW,
        UNWRAP_ON_TOKEN
    }

    private RsaOperation(TokenRsaPrivateKey key, RsaPadding padding, Way way, boolean rawToo) {
        this.key = key;
        this.padding = padding;
        this.way = way;
        this.rawToo = rawToo;
    }

    /**
     * Decides how a key does what a Cipher was initialised for.
     *
     * @throws InvalidKeyException if it cannot; the message says what its token lacks
     */
    static RsaOperation of(TokenCapabilities capabilities, TokenRsaPrivateKey key, int opmode, RsaPadding padding)
            throws InvalidKeyException {
        if (!key.getAlgorithm().equals("RSA")) {
            throw new InvalidKeyException(key + " signs with RSASSA-PSS only");
        }
        if (opmode == Cipher.ENCRYPT_MODE || opmode == Cipher.WRAP_MODE) {
            if (padding.oaep().isPresent()) {
                throw new InvalidKeyException("OAEP encrypts with the public key, not with " + key);
            }
            capabilities.require(key, MechanismFunction.SIGN, padding.type());
            return new RsaOperation(key, padding, Way.SIGN, false);
        }
        try {
            return decrypting(capabilities, key, opmode, padding);
        } catch (TokenException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    private static RsaOperation decrypting(
            TokenCapabilities capabilities, TokenRsaPrivateKey key, int opmode, RsaPadding padding)
            throws TokenException, InvalidKeyException {
        boolean named =
                padding.oaep().map(oaep -> oaep.parameters().isPresent()).orElse(true);
        boolean raw = padding.oaep().isPresent()
                && capabilities.can(key, MechanismFunction.DECRYPT, Mechanism.RSA_X_509.type());
        boolean unwraps = key.object().attributes().isTrue(Attribute.UNWRAP)
                && !key.object().attributes().isTrue(Attribute.DECRYPT);
        if (opmode == Cipher.UNWRAP_MODE
                && unwraps
                && named
                && capabilities.can(key, MechanismFunction.UNWRAP, padding.type())) {
            return new RsaOperation(key, padding, Way.UNWRAP_ON_TOKEN, false);
        }
        if (named && capabilities.can(key, MechanismFunction.DECRYPT, padding.type())) {
            return new RsaOperation(key, padding, Way.DECRYPT, raw);
        }
        if (raw) {
            return new RsaOperation(key, padding, Way.DECRYPT_RAW, true);
        }
        throw new InvalidKeyException(key + " cannot decrypt RSA with " + padding.name()
                + ": its token does not offer " + padding.type()
                + (padding.oaep().isPresent() ? " with these parameters, nor CKM_RSA_X_509" : ""));
    }

    /** Returns whether the key may unwrap and not decrypt, so that the token does it. */
    boolean unwrapsOnToken() {
        return way == Way.UNWRAP_ON_TOKEN;
    }

    /**
     * Does it; one round trip.
     *
     * @throws BadPaddingException if what was decrypted is not padded right, always with the same message
     */
    byte[] apply(byte[] data) throws IllegalBlockSizeException, BadPaddingException, TokenException {
        int modulusBytes = (key.getModulus().bitLength() + 7) / 8;
        boolean padsHere = way == Way.SIGN && padding.type().equals(Mechanism.RSA_PKCS.type());
        int max = padsHere ? modulusBytes - PKCS1_BYTES : modulusBytes;
        if (data.length > max) {
            throw new IllegalBlockSizeException("this key takes at most " + max + " bytes, not " + data.length);
        }
        if (way == Way.SIGN) {
            return sign(padsHere ? data : leftPadded(data, modulusBytes));
        }
        byte[] block = leftPadded(data, modulusBytes);
        return way == Way.DECRYPT ? decrypt(block) : decryptRaw(block);
    }

    private byte[] sign(byte[] data) throws TokenException, BadPaddingException {
        try {
            return key.sign(Mechanism.of(padding.type()), data);
        } catch (TokenException e) {
            if (e.status().name().equals("CKR_DATA_INVALID")) {
                throw Failures.badPadding("as a number the data is less than the modulus", e);
            }
            throw e;
        }
    }

    private byte[] decrypt(byte[] block) throws TokenException, BadPaddingException {
        try {
            return key.session().decrypt(key.object(), mechanism(), block);
        } catch (TokenException e) {
            if (rawToo && BAD_PARAMETERS.contains(e.status().name())) {
                return decryptRaw(block);
            }
            throw Failures.decryption(e);
        }
    }

    private Mechanism mechanism() {
        return new Mechanism(
                padding.type(),
                padding.oaep()
                        .flatMap(OaepPadding::parameters)
                        .<org.symbolon.MechanismParameters>map(oaep -> oaep)
                        .orElseGet(() -> Mechanism.RSA_PKCS.parameters()));
    }

    private byte[] decryptRaw(byte[] block) throws TokenException, BadPaddingException {
        Optional<OaepPadding> oaep = padding.oaep();
        try {
            byte[] raw = key.session().decrypt(key.object(), Mechanism.RSA_X_509, block);
            return oaep.orElseThrow().remove(leftPadded(raw, block.length));
        } catch (TokenException e) {
            throw Failures.decryption(e);
        } catch (BadPaddingException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new ProviderException("no installed provider has the hash of OAEP", e);
        }
    }

    private static byte[] leftPadded(byte[] data, int length) {
        byte[] block = new byte[length];
        System.arraycopy(data, 0, block, length - data.length, data.length);
        return block;
    }
}

package org.symbolon.kmip.server;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Operation;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.CryptographicParameters;

/** Encrypts and decrypts in this JVM, with a key that the token gives out and for which it has no mechanism itself. */
final class LocalCipher implements Operation {
    private static final Map<CryptographicAlgorithm, String> ALGORITHMS = Map.of(
            CryptographicAlgorithm.AES, "AES",
            CryptographicAlgorithm.DES, "DES",
            CryptographicAlgorithm.DES3, "DESede",
            CryptographicAlgorithm.BLOWFISH, "Blowfish",
            CryptographicAlgorithm.RC2, "RC2",
            CryptographicAlgorithm.CHA_CHA20, "ChaCha20");
    private static final Map<BlockCipherMode, String> MODES = Map.of(
            BlockCipherMode.ECB, "ECB",
            BlockCipherMode.CBC, "CBC",
            BlockCipherMode.PCBC, "PCBC",
            BlockCipherMode.CFB, "CFB",
            BlockCipherMode.OFB, "OFB",
            BlockCipherMode.CTR, "CTR",
            BlockCipherMode.GCM, "GCM",
            BlockCipherMode.NIST_KEY_WRAP, "KW",
            BlockCipherMode.AES_KEY_WRAP_PADDING, "KWP");
    private static final int CHACHA20_NONCE_BYTES = 12;

    private final Cipher cipher;
    private final boolean encrypting;

    private LocalCipher(Cipher cipher, boolean encrypting) {
        this.cipher = cipher;
        this.encrypting = encrypting;
    }

    /** Begins; the key is copied into the engine and stays the caller's. */
    static LocalCipher start(
            boolean encrypting,
            CryptographicAlgorithm algorithm,
            SecretBytes key,
            @Nullable CryptographicParameters parameters,
            @Nullable Bytes iv,
            Bytes additionalData)
            throws KmipFailure {
        String name = ALGORITHMS.get(algorithm);
        if (name == null) {
            throw Mechanisms.unsupported("a key of " + algorithm.xmlName() + " does not encrypt here");
        }
        boolean stream = algorithm.equals(CryptographicAlgorithm.CHA_CHA20);
        String transformation = stream ? name : name + "/" + modeAndPadding(parameters);
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(
                    encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key.sharedArray(), name),
                    stream
                            ? chacha20(CipherMechanisms.required(iv))
                            : spec(CipherMechanisms.mode(parameters), parameters, iv));
            if (!additionalData.isEmpty()) {
                cipher.updateAAD(additionalData.sharedArray());
            }
            return new LocalCipher(cipher, encrypting);
        } catch (GeneralSecurityException | IllegalStateException | UnsupportedOperationException e) {
            throw new KmipFailure(
                    ResultReason.UNSUPPORTED_CRYPTOGRAPHIC_PARAMETERS,
                    "there is no " + transformation + " with these parameters: " + e.getMessage(),
                    e);
        }
    }

    private static String modeAndPadding(@Nullable CryptographicParameters parameters) throws KmipFailure {
        BlockCipherMode mode = CipherMechanisms.mode(parameters);
        String name = MODES.get(mode);
        if (name == null) {
            throw Mechanisms.unsupported("nothing encrypts in the mode " + mode.xmlName() + " here");
        }
        return name + (CipherMechanisms.isPadded(parameters) ? "/PKCS5Padding" : "/NoPadding");
    }

    private static @Nullable AlgorithmParameterSpec spec(
            BlockCipherMode mode, @Nullable CryptographicParameters parameters, @Nullable Bytes iv) throws KmipFailure {
        if (mode.equals(BlockCipherMode.GCM)) {
            return new GCMParameterSpec(
                    CipherMechanisms.tagBytes(parameters) * Byte.SIZE,
                    CipherMechanisms.required(iv).sharedArray());
        }
        boolean none = mode.equals(BlockCipherMode.ECB)
                || mode.equals(BlockCipherMode.NIST_KEY_WRAP)
                || mode.equals(BlockCipherMode.AES_KEY_WRAP_PADDING);
        return none ? null : new IvParameterSpec(CipherMechanisms.required(iv).sharedArray());
    }

    /** Returns the nonce of RFC 8439; one of 8 bytes, as the cipher first had it, goes after the upper half of its counter. */
    private static ChaCha20ParameterSpec chacha20(Bytes nonce) {
        byte[] whole = new byte[Math.max(CHACHA20_NONCE_BYTES, nonce.length())];
        System.arraycopy(nonce.sharedArray(), 0, whole, whole.length - nonce.length(), nonce.length());
        return new ChaCha20ParameterSpec(whole, 0);
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) {
        byte[] output = cipher.update(input, offset, length);
        return output == null ? new byte[0] : output;
    }

    @Override
    public byte[] finish() throws TokenException {
        try {
            return cipher.doFinal();
        } catch (GeneralSecurityException e) {
            throw new TokenOperationException(
                    Status.ckr(encrypting ? "CKR_DATA_INVALID" : "CKR_ENCRYPTED_DATA_INVALID"),
                    encrypting ? "the data does not have a length that is encrypted so" : "the data does not open",
                    e);
        }
    }

    /** Does all of it at once; what is longer than what is asked for is wiped. */
    byte[] run(byte[] data) throws TokenException {
        byte[] first = update(data, 0, data.length);
        byte[] last = finish();
        byte[] whole = Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, whole, first.length, last.length);
        Arrays.fill(first, (byte) 0);
        Arrays.fill(last, (byte) 0);
        return whole;
    }

    @Override
    public boolean verify(byte[] signature) {
        throw new IllegalStateException("a cipher does not verify");
    }

    @Override
    public void close() {
        // The engine of the JDK keeps the key until it is collected and has no way to wipe it.
    }
}

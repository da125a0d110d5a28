package org.symbolon.tests.bench;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** Encrypts one message again and again with a Cipher that is kept, each time with the next IV. */
final class GcmEncryption implements Contest.Operation {
    private final Cipher cipher;
    private final SecretKey key;
    private final byte[] message;
    private final CountingIv iv = new CountingIv();

    GcmEncryption(Provider provider, SecretKey key, byte[] message) throws GeneralSecurityException {
        this.cipher = Cipher.getInstance(Workload.GCM, provider);
        this.key = key;
        this.message = message;
    }

    @Override
    public byte[] run() throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(Workload.TAG_BITS, iv.next()));
        return cipher.doFinal(message);
    }
}

package org.symbolon.kmip.server;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.HashAlgorithm;
import org.symbolon.Operation;
import org.symbolon.SecretBytes;

/** Makes and checks HMACs in this JVM, with a key that the token gives out and that is of a type with which it makes none. */
final class LocalMac implements Operation {
    private final Mac mac;

    private LocalMac(Mac mac) {
        this.mac = mac;
    }

    /** Begins; the key is copied into the engine and stays the caller's. */
    static LocalMac start(HashAlgorithm hash, SecretBytes key) {
        return new LocalMac(of(hash, key));
    }

    /** Returns an engine with a key. */
    static Mac of(HashAlgorithm hash, SecretBytes key) {
        try {
            String name = "Hmac" + hash.jcaName().replaceFirst("SHA-", "SHA");
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key.isEmpty() ? new byte[1] : key.sharedArray(), name));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every JDK has HMAC with " + hash, e);
        }
    }

    @Override
    public byte[] update(byte[] input, int offset, int length) {
        mac.update(input, offset, length);
        return new byte[0];
    }

    @Override
    public byte[] finish() {
        return mac.doFinal();
    }

    @Override
    public boolean verify(byte[] signature) {
        return MessageDigest.isEqual(mac.doFinal(), signature);
    }

    @Override
    public void close() {
        mac.reset();
    }
}

package org.symbolon.jca;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.security.SignatureException;
import org.symbolon.HashAlgorithm;

/** What has been given to a Signature so far. Not thread-safe. */
interface SignatureInput {
    /** Takes more of the message. */
    void update(byte[] data, int offset, int length) throws SignatureException;

    /** Returns what the token gets, the digest or the whole message, and forgets it. */
    byte[] finish() throws SignatureException;

    /** Forgets everything. */
    void reset();

    /** Returns the input that hashes here, so that one short round trip is enough whatever the length. */
    static SignatureInput digest(HashAlgorithm hash) {
        try {
            return new Digest(MessageDigest.getInstance(hash.jcaName()));
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException("no installed provider has MessageDigest " + hash.jcaName(), e);
        }
    }

    /** Returns the input that keeps the message for a mechanism which takes all of it. */
    static SignatureInput message(int limitBytes) {
        return new Message(limitBytes);
    }

    /** Hashes. */
    final class Digest implements SignatureInput {
        private final MessageDigest digest;

        Digest(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void update(byte[] data, int offset, int length) {
            digest.update(data, offset, length);
        }

        @Override
        public byte[] finish() {
            return digest.digest();
        }

        @Override
        public void reset() {
            digest.reset();
        }
    }

    /** Collects. */
    final class Message implements SignatureInput {
        private final int limitBytes;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        Message(int limitBytes) {
            this.limitBytes = limitBytes;
        }

        @Override
        public void update(byte[] data, int offset, int length) throws SignatureException {
            if (length > limitBytes - message.size()) {
                reset();
                throw new SignatureException("this algorithm takes at most " + limitBytes
                        + " bytes with this key, since the token gets all of them at once");
            }
            message.write(data, offset, length);
        }

        @Override
        public byte[] finish() {
            byte[] whole = message.toByteArray();
            reset();
            return whole;
        }

        @Override
        public void reset() {
            message.reset();
        }
    }
}

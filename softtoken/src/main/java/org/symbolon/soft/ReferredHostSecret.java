package org.symbolon.soft;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SecretReference;

/**
 * A host secret in a file or a variable.
 *
 * @param reference where it is
 */
record ReferredHostSecret(SecretReference reference) implements HostSecret {
    private static final String HMAC = "HmacSHA256";

    @Override
    public SecretBytes answer(Bytes challenge) throws TokenException {
        byte[] secret = read();
        try {
            if (secret.length < MIN_BYTES) {
                throw new TokenOperationException(
                        Status.ckr("CKR_DEVICE_ERROR"),
                        "the host secret " + reference + " has fewer than " + MIN_BYTES
                                + " bytes; make one with: openssl rand -hex 32");
            }
            return hmac(secret, challenge);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] read() throws TokenOperationException {
        try (Pin read = reference.read()) {
            return read.toUtf8();
        } catch (ConfigurationException e) {
            throw new TokenOperationException(
                    Status.ckr("CKR_DEVICE_ERROR"), "the host secret cannot be read: " + e.getMessage(), e);
        }
    }

    private static SecretBytes hmac(byte[] secret, Bytes challenge) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return SecretBytes.takeOver(mac.doFinal(challenge.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + HMAC, e);
        }
    }
}

package org.symbolon.kmip.server;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SecretReference;

/** A user's password, as its hash or as a reference to it. */
interface Password {
    /** Returns whether the password is the one that was sent, in UTF-8. */
    boolean matches(byte[] sent) throws KmipAuthenticationException;

    /** Returns the password in UTF-8, to be wiped. */
    byte[] reveal() throws KmipAuthenticationException;

    static Password of(SecretReference reference) {
        return new Referred(reference);
    }

    static Password of(PasswordHash hash) {
        return new Hashed(hash);
    }

    /** One that is read each time, so that it may be replaced while the server runs. */
    record Referred(SecretReference reference) implements Password {
        @Override
        public boolean matches(byte[] sent) throws KmipAuthenticationException {
            byte[] own = reveal();
            try {
                return MessageDigest.isEqual(own, sent);
            } finally {
                Arrays.fill(own, (byte) 0);
            }
        }

        @Override
        public byte[] reveal() throws KmipAuthenticationException {
            try (Pin pin = reference.read()) {
                return pin.toUtf8();
            } catch (ConfigurationException e) {
                throw new KmipAuthenticationException("the password cannot be read: " + e.getMessage());
            }
        }
    }

    /** One of which the hash is known. What matched once is remembered, since every request shows it again. */
    final class Hashed implements Password {
        /** Guessing takes no more of the machine than this. */
        private static final Semaphore AT_A_TIME = new Semaphore(2);

        private final PasswordHash hash;
        private final SecretKeySpec key; // of this process: what is remembered is of use to nobody else
        private volatile byte @Nullable [] good;

        Hashed(PasswordHash hash) {
            this.hash = hash;
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            this.key = new SecretKeySpec(random, "HmacSHA256");
        }

        @Override
        public boolean matches(byte[] sent) {
            byte[] code = code(sent);
            byte[] known = good;
            if (known != null && MessageDigest.isEqual(known, code)) {
                return true;
            }
            AT_A_TIME.acquireUninterruptibly();
            try {
                if (!hash.matches(sent)) {
                    return false;
                }
            } finally {
                AT_A_TIME.release();
            }
            good = code;
            return true;
        }

        private byte[] code(byte[] sent) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return mac.doFinal(sent);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
        }

        @Override
        public byte[] reveal() throws KmipAuthenticationException {
            throw new KmipAuthenticationException(
                    "a Hashed Password wants the user's password by reference; only its hash is configured");
        }
    }
}

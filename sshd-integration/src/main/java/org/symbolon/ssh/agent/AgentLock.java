package org.symbolon.ssh.agent;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import org.symbolon.SecretBytes;

/**
 * Whether the agent is locked, and with what. Wrong passphrases are tried one after the other, each after a longer pause than the
 * one before, up to ten seconds. Thread-safe.
 */
final class AgentLock {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int ITERATIONS = 100_000;
    private static final long PAUSE_MILLIS = 100;
    private static final int MOST_PAUSES = 100;

    private final ReentrantLock trying = new ReentrantLock(); // held in the pause: who guesses in parallel waits
    private final SecureRandom random = new SecureRandom();
    private final byte[] salt = new byte[SALT_BYTES];
    private byte @Nullable [] hash;
    private int failures;
    private volatile boolean locked;

    boolean isLocked() {
        return locked;
    }

    void lock(SecretBytes passphrase) throws AgentRefusal {
        trying.lock();
        try {
            if (locked) {
                throw new AgentRefusal("the agent is locked already");
            }
            if (passphrase.isEmpty()) {
                throw new AgentRefusal("an empty passphrase locks nothing");
            }
            random.nextBytes(salt);
            hash = hash(passphrase);
            failures = 0;
            locked = true;
        } finally {
            trying.unlock();
        }
    }

    void unlock(SecretBytes passphrase) throws AgentRefusal {
        trying.lock();
        try {
            if (!locked || hash == null) {
                throw new AgentRefusal("the agent is not locked");
            }
            if (!MessageDigest.isEqual(hash(passphrase), hash)) {
                failures = Math.min(failures + 1, MOST_PAUSES);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS * failures);
                throw new AgentRefusal("the passphrase that unlocks the agent is another one");
            }
            hash = null;
            locked = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentRefusal("interrupted in the pause after a wrong passphrase", e);
        } finally {
            trying.unlock();
        }
    }

    private byte[] hash(SecretBytes passphrase) {
        byte[] bytes = passphrase.sharedArray();
        char[] chars = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            chars[i] = (char) (bytes[i] & 0xff);
        }
        PBEKeySpec spec = new PBEKeySpec(chars, salt, ITERATIONS, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(chars, '\0');
        }
    }
}

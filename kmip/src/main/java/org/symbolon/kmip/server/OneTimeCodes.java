package org.symbolon.kmip.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one time passwords of a user: six digits of TOTP (RFC 6238 with HMAC-SHA-1 and 30 seconds, as authenticator programs have it). Each is
 * good once. Thread-safe.
 */
final class OneTimeCodes {
    private static final int STEP_SECONDS = 30;
    private static final int MODULUS = 1_000_000;
    private static final int APART = 1; // how many steps the clocks may be apart

    private long used = -1;

    /** Returns whether a code is one of now that was not used before. */
    synchronized boolean use(byte[] code, byte[] key, Instant now) {
        long step = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
        long found = -1;
        for (long each = step - APART; each <= step + APART; each++) {
            if (MessageDigest.isEqual(code(key, each), code) && each > used) {
                found = each;
            }
        }
        if (found < 0) {
            return false;
        }
        used = found;
        return true;
    }

    /** Returns the code of a step (RFC 4226 section 5.3). */
    static byte[] code(byte[] key, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xF) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % MODULUS).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }
}

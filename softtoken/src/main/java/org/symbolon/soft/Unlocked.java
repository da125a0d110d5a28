package org.symbolon.soft;

import java.util.Arrays;
import java.util.UUID;
import org.symbolon.soft.seal.SigningKey;
import org.symbolon.soft.seal.TokenKeys;

/**
 * A token's keys while somebody is logged in to it in this process, shared by all sessions that are.
 *
 * <p><b>Security guarantees.</b> The keys, and the decrypted private keys in the cache, are zeroed when the last
 * session leaves, and the writes that use them have ended.
 */
final class Unlocked {
    private final UUID uuid;
    private final TokenKeys keys;
    private final SigningKey signingKey;
    private final KeyCache cache;
    private int sessions = 1;

    /** Takes over the keys, for one session. */
    Unlocked(OpenToken token, UUID uuid, TokenKeys keys, SigningKey signingKey) {
        this.uuid = uuid;
        this.keys = keys;
        this.signingKey = signingKey;
        this.cache = new KeyCache(token);
    }

    /** Counts one session more, if these are the same keys as others and still open. */
    synchronized boolean join(Unlocked other) {
        if (sessions > 0 && isSame(other)) {
            sessions++;
            return true;
        }
        return false;
    }

    private boolean isSame(Unlocked other) {
        return uuid.equals(other.uuid)
                && Arrays.equals(signingKey.publicKey(), other.signingKey.publicKey())
                && keys.areThoseOf(other.keys);
    }

    /** Counts one write more, during which the keys stay open: {@link #leave} ends it. */
    synchronized void enter() {
        if (sessions == 0) {
            throw new IllegalStateException("the token's keys were wiped: its last session was closed");
        }
        sessions++;
    }

    /** Counts one session or write less. */
    synchronized void leave() {
        sessions--;
        if (sessions == 0) {
            cache.close();
            signingKey.close();
            keys.close();
        }
    }

    UUID uuid() {
        return uuid;
    }

    TokenKeys keys() {
        return keys;
    }

    SigningKey signingKey() {
        return signingKey;
    }

    KeyCache cache() {
        return cache;
    }
}

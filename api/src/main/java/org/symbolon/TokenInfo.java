package org.symbolon;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What a token says of itself to anyone (CK_TOKEN_INFO).
 *
 * @param label its label, without padding
 * @param manufacturer who made it
 * @param model what kind it is
 * @param serialNumber its serial number, unique in its manufacturer's world
 * @param flags the CKF_ flags that are set
 * @param minPinBytes the shortest PIN, in bytes
 * @param maxPinBytes the longest PIN, in bytes
 * @param userTriesLeft tries left for the user's PIN, where the token tells
 */
public record TokenInfo(
        String label,
        String manufacturer,
        String model,
        String serialNumber,
        Set<TokenFlag> flags,
        int minPinBytes,
        int maxPinBytes,
        OptionalInt userTriesLeft) {
    public TokenInfo {
        flags = Set.copyOf(flags);
    }

    /**
     * Returns whether a flag is set.
     *
     * @param flag the flag
     * @return true if so
     */
    public boolean has(TokenFlag flag) {
        return flags.contains(flag);
    }
}

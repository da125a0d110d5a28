package org.symbolon;

import java.util.Set;

/**
 * What a token says of one of its mechanisms (CK_MECHANISM_INFO).
 *
 * @param minKeySize the smallest key, in bits or bytes as PKCS #11 defines for the mechanism; 0 where it has no meaning
 * @param maxKeySize the largest key, in the same unit
 * @param functions what the token does with it
 */
public record MechanismInfo(long minKeySize, long maxKeySize, Set<MechanismFunction> functions) {
    public MechanismInfo {
        functions = Set.copyOf(functions);
    }

    /**
     * Returns whether the token does this with the mechanism.
     *
     * @param function the function
     * @return true if so
     */
    public boolean supports(MechanismFunction function) {
        return functions.contains(function);
    }
}

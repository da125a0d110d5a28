package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.util.List;
import org.symbolon.Mechanism;
import org.symbolon.MechanismInfo;

/** How one mechanism makes a key of another. */
interface KeyDerivation {
    /** Returns what the token says of the mechanism. */
    MechanismInfo info();

    /**
     * Derives.
     *
     * @param base the base key
     * @param mechanism the mechanism with its parameters
     * @param others the other keys that its parameters name
     * @param bytes how many bytes are wanted; 0 for as many as there are
     * @return the new key's value, a new array: as long as wanted
     * @throws GeneralSecurityException if the engine refuses; a {@link org.symbolon.TokenException} as it is
     */
    byte[] derive(LoadedKey base, Mechanism mechanism, List<LoadedKey> others, int bytes)
            throws GeneralSecurityException;
}

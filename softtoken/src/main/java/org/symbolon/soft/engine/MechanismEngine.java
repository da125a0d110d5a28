package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;

/** How one mechanism is carried out. */
interface MechanismEngine {
    /** Returns what the token says of the mechanism. */
    MechanismInfo info();

    /**
     * Begins an operation. The key's kind and permissions were checked before.
     *
     * @param function what is to be done
     * @param key the key, entered; {@code end} leaves it
     * @param mechanism the mechanism with its parameters
     * @param end what the operation runs at its end; not run if this method throws
     * @return the operation
     * @throws GeneralSecurityException if the engine refuses; a {@link org.symbolon.TokenException} as it is
     */
    EngineOperation start(MechanismFunction function, LoadedKey key, Mechanism mechanism, Runnable end)
            throws GeneralSecurityException;
}

package org.symbolon;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of mechanism types: the value of CKA_ALLOWED_MECHANISMS.
 *
 * @param types the mechanisms; copied
 */
public record MechanismSet(Set<MechanismType> types) {
    public MechanismSet {
        types = Set.copyOf(types);
    }

    /**
     * Returns the set of these mechanisms.
     *
     * @param types the mechanisms
     * @return the set
     */
    public static MechanismSet of(MechanismType... types) {
        return new MechanismSet(new LinkedHashSet<>(List.of(types)));
    }

    /**
     * Returns whether a mechanism is in the set.
     *
     * @param type the mechanism
     * @return true if it is
     */
    public boolean contains(MechanismType type) {
        return types.contains(type);
    }
}

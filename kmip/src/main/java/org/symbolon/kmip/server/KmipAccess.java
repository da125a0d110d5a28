package org.symbolon.kmip.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which objects identities see and change: their own, those of groups that are shared with them, and, as it is said here, public ones and
 * those that nobody owns. What an identity does not see is not there for it.
 *
 * @param owners whether objects belong to who made them; otherwise everybody sees and changes all
 * @param publicToAll whether everybody sees public keys and certificates, without changing them
 * @param unownedToAll whether everybody has objects that no KMIP client made; otherwise administrators have
 * @param administrators identities that have everything
 * @param groups what is shared: by the name of the Object Group, with whom
 */
public record KmipAccess(
        boolean owners,
        boolean publicToAll,
        boolean unownedToAll,
        Set<String> administrators,
        Map<String, KmipAccess.Group> groups) {
    private static final KmipAccess DEFAULT = new KmipAccess(true, true, true, Set.of(), Map.of());

    /**
     * Whom an Object Group is shared with. Only its writers put objects into it.
     *
     * @param readers the names of those who see and use its objects
     * @param writers the names of those who change and destroy them too
     */
    public record Group(Set<String> readers, Set<String> writers) {
        /** Copies the sets. */
        public Group {
            readers = Set.copyOf(readers);
            writers = Set.copyOf(writers);
        }
    }

    /** Copies the collections. */
    public KmipAccess {
        administrators = Set.copyOf(administrators);
        groups = Map.copyOf(groups);
    }

    /** {@return the default: own objects, public keys and certificates, and what nobody owns} */
    public static KmipAccess ofDefaults() {
        return DEFAULT;
    }

    /** {@return the rule under which everybody has all objects} */
    public static KmipAccess shared() {
        return new KmipAccess(false, true, true, Set.of(), Map.of());
    }

    /**
     * Returns a rule with one more administrator.
     *
     * @param name the identity's name
     * @return the rule
     */
    public KmipAccess withAdministrator(String name) {
        Set<String> all = new HashSet<>(administrators);
        all.add(name);
        return new KmipAccess(owners, publicToAll, unownedToAll, all, groups);
    }

    /**
     * Returns a rule with a group that is shared.
     *
     * @param name the Object Group
     * @param group with whom
     * @return the rule
     */
    public KmipAccess withGroup(String name, Group group) {
        Map<String, Group> all = new HashMap<>(groups);
        all.put(name, group);
        return new KmipAccess(owners, publicToAll, unownedToAll, administrators, all);
    }

    /**
     * Returns a rule for public keys and certificates.
     *
     * @param toAll whether everybody sees them
     * @return the rule
     */
    public KmipAccess withPublicObjects(boolean toAll) {
        return new KmipAccess(owners, toAll, unownedToAll, administrators, groups);
    }

    /**
     * Returns a rule for objects that nobody owns, such as those that were made through PKCS #11.
     *
     * @param toAll whether everybody has them
     * @return the rule
     */
    public KmipAccess withUnowned(boolean toAll) {
        return new KmipAccess(owners, publicToAll, toAll, administrators, groups);
    }
}

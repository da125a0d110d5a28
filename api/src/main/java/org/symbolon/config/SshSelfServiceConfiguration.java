package org.symbolon.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What users of an SSH server may do with their keys by themselves (RFC 4819, RFC 7076). What is empty is as the server has it
 * by itself.
 *
 * @param keysPerUser how many keys a user may have, in all namespaces together
 * @param certificatesPerUser how many certificates a user may have
 * @param bytesPerUser how many bytes a user's keys may take, and how many the certificates
 * @param minRsaBits the shortest RSA key that may be added
 * @param openSsh whether OpenSSH's servers take the keys too, so that what they cannot keep is refused
 * @param restrictedLogins whether logins by restricted keys and by certificates may manage keys
 * @param namespaces who may do what where, the first that fits; by default everybody everything in {@code ssh}, and nothing in
 *     others
 */
public record SshSelfServiceConfiguration(
        Optional<Integer> keysPerUser,
        Optional<Integer> certificatesPerUser,
        Optional<Integer> bytesPerUser,
        Optional<Integer> minRsaBits,
        boolean openSsh,
        boolean restrictedLogins,
        List<Namespace> namespaces) {
    /** What a user may do in a namespace. */
    public enum Right {
        /** {@code see}: see that it exists, and list one's own keys and certificates. */
        SEE,
        /** {@code add}: add them, and overwrite one's own. */
        ADD,
        /** {@code remove}: remove one's own. */
        REMOVE,
        /** {@code create}: begin the namespace by adding something. */
        CREATE
    }

    /**
     * Who may do what in a namespace. Users that are not named have no rights in it.
     *
     * @param name its name; {@value #OTHERS} are all that are not named
     * @param users the users with these rights; none means everybody
     * @param rights the rights
     * @param token the name of the token that is this namespace; empty: a prefix of labels in the token of the users' keys
     */
    public record Namespace(String name, Set<String> users, Set<Right> rights, Optional<String> token) {
        /** The name that stands for every namespace that is not named. */
        public static final String OTHERS = "*";

        /** The namespace whose keys log in; it is where the users' keys are, and no token of its own. */
        public static final String LOGINS = "ssh";

        /**
         * Copies the sets.
         *
         * @throws IllegalArgumentException if a token is given for {@value #LOGINS} or {@value #OTHERS}
         */
        public Namespace {
            users = Set.copyOf(users);
            rights = Set.copyOf(rights);
            if (token.isPresent() && (name.equals(LOGINS) || name.equals(OTHERS))) {
                throw new IllegalArgumentException("the namespace " + name + " has no token of its own");
            }
        }
    }

    /** Copies the list. */
    public SshSelfServiceConfiguration {
        namespaces = List.copyOf(namespaces);
    }
}

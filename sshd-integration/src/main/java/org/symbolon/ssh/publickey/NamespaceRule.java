package org.symbolon.ssh.publickey;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which rights some users have in some namespaces. Immutable.
 *
 * @param users a user's name, or {@value #ALL} for every user
 * @param namespaces a namespace's name, or {@value #ALL} for every namespace
 * @param rights the rights
 */
public record NamespaceRule(String users, String namespaces, Set<NamespaceRight> rights) {
    /** Every user, every namespace. */
    public static final String ALL = "*";

    /** Copies the rights. */
    public NamespaceRule {
        rights = Set.copyOf(rights);
    }

    /**
     * A rule.
     *
     * @param users a user's name, or {@value #ALL}
     * @param namespaces a namespace's name, or {@value #ALL}
     * @param rights the rights, none to deny everything
     * @return the rule
     */
    public static NamespaceRule of(String users, String namespaces, NamespaceRight... rights) {
        Set<NamespaceRight> set = EnumSet.noneOf(NamespaceRight.class);
        set.addAll(Arrays.asList(rights));
        return new NamespaceRule(users, namespaces, set);
    }

    boolean isAbout(String user, String namespace) {
        return (users.equals(ALL) || users.equals(user)) && (namespaces.equals(ALL) || namespaces.equals(namespace));
    }
}

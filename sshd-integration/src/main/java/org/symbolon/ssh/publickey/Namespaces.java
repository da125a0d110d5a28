package org.symbolon.ssh.publickey;

import java.util.List;
import java.util.Optional;
import org.symbolon.TokenException;
import org.symbolon.ssh.Text;

/** The namespaces as one user may use them (RFC 7076 section 6). */
final class Namespaces {
    private final SelfServiceStore store;
    private final SelfServicePolicy policy;
    private final String user;
    private final SubsystemVersion version;

    Namespaces(SelfServiceStore store, SelfServicePolicy policy, String user, SubsystemVersion version) {
        this.store = store;
        this.policy = policy;
        this.user = user;
        this.version = version;
    }

    /** Refuses if the user has no such right. Whether the namespace exists is not said. */
    void require(NamespaceRight right, String namespace) throws PublicKeySubsystemException {
        if (!policy.rights(user, namespace).contains(right)) {
            throw new PublicKeySubsystemException(
                    version == SubsystemVersion.RFC4819
                            ? SubsystemStatus.ACCESS_DENIED
                            : SubsystemStatus.ACTION_NOT_AUTHORIZED,
                    "you have no right to " + verb(right) + " the namespace \"" + Text.quoted(namespace) + "\"");
        }
    }

    /** Refuses if the user may not add something. */
    void requireToAdd(String namespace) throws PublicKeySubsystemException, TokenException {
        require(NamespaceRight.ADD, namespace);
        if (!store.namespaces().contains(namespace)
                && !policy.rights(user, namespace).contains(NamespaceRight.CREATE)) {
            throw new PublicKeySubsystemException(
                    SubsystemStatus.CANNOT_CREATE_NAMESPACE,
                    "there is no namespace \"" + Text.quoted(namespace) + "\", and you may not create it");
        }
    }

    /** Those that the user sees: of the one that was asked for, or of all. */
    List<String> visible(Optional<String> wanted) throws PublicKeySubsystemException, TokenException {
        if (wanted.isPresent()) {
            require(NamespaceRight.SEE, wanted.get());
        } else if (version == SubsystemVersion.RFC4819) {
            require(NamespaceRight.SEE, KeyAttributes.SSH);
        }
        return store.namespaces().stream()
                .filter(name -> wanted.isPresent()
                        ? name.equals(wanted.get())
                        : policy.rights(user, name).contains(NamespaceRight.SEE))
                .filter(name -> version == SubsystemVersion.RFC7076 || name.equals(KeyAttributes.SSH))
                .toList();
    }

    private static String verb(NamespaceRight right) {
        return switch (right) {
            case SEE -> "see";
            case ADD -> "add to";
            case REMOVE -> "remove from";
            case CREATE -> "create";
        };
    }
}

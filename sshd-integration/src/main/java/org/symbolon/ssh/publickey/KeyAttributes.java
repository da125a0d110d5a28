package org.symbolon.ssh.publickey;

import static org.symbolon.ssh.publickey.SubsystemStatus.ATTRIBUTE_NOT_SUPPORTED;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.ssh.ForwardTarget;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.LoginRestrictionsBuilder;
import org.symbolon.ssh.LoginRight;
import org.symbolon.ssh.SourcePatterns;
import org.symbolon.ssh.Text;

/**
 * What the attributes of a request mean (RFC 4819 section 4.1, RFC 7076 section 4).
 *
 * @param kept those that are stored, as they were given
 * @param restrictions what they restrict the key to
 * @param namespace the namespace that they name
 */
record KeyAttributes(List<KeyAttribute> kept, LoginRestrictions restrictions, Optional<String> namespace) {
    /** The namespace of the keys with which users log in. */
    static final String SSH = "ssh";

    private static final int MAX_NAMESPACE_CHARS = 300;
    /** Attributes that no option of OpenSSH's servers can say. */
    private static final Set<String> UNKNOWN_TO_OPENSSH =
            Set.of(KeyAttribute.SUBSYSTEM, KeyAttribute.SHELL, KeyAttribute.EXEC, KeyAttribute.ENV);
    /** Comments may be several, each with its language. */
    private static final Set<String> REPEATED = Set.of(KeyAttribute.COMMENT, KeyAttribute.COMMENT_LANGUAGE);

    /** The attributes that are enforced or kept, in the standard's order. */
    static final List<String> KNOWN = List.of(
            KeyAttribute.COMMENT,
            KeyAttribute.COMMENT_LANGUAGE,
            KeyAttribute.COMMAND_OVERRIDE,
            KeyAttribute.SUBSYSTEM,
            KeyAttribute.X11,
            KeyAttribute.SHELL,
            KeyAttribute.EXEC,
            KeyAttribute.AGENT,
            KeyAttribute.ENV,
            KeyAttribute.FROM,
            KeyAttribute.PORT_FORWARD,
            KeyAttribute.REVERSE_FORWARD);

    /**
     * Reads the attributes of a key that is added.
     *
     * @param openSshServers whether what OpenSSH cannot enforce is not known here
     * @param version whether there are namespaces
     * @throws PublicKeySubsystemException if one is critical and not known, stands twice, or is known and has a value that
     *     cannot be enforced: a key is never stored with less than its owner asked for
     */
    static KeyAttributes ofKey(List<KeyAttribute> given, boolean openSshServers, SubsystemVersion version)
            throws PublicKeySubsystemException {
        return new Reader(openSshServers, true, version == SubsystemVersion.RFC7076).read(given);
    }

    /** Reads the attributes of a certificate or of a list: the namespace, and comments, which are not kept. */
    static KeyAttributes ofNamespace(List<KeyAttribute> given) throws PublicKeySubsystemException {
        return new Reader(false, false, true).read(given);
    }

    /** Which attributes an operator may list: those that {@link #ofKey} takes. */
    static List<String> known(boolean openSshServers) {
        return KNOWN.stream()
                .filter(name -> !openSshServers || !UNKNOWN_TO_OPENSSH.contains(name))
                .toList();
    }

    /** The first comment, or an empty text. */
    String comment() {
        return kept.stream()
                .filter(attribute -> attribute.name().equals(KeyAttribute.COMMENT))
                .map(KeyAttribute::value)
                .findFirst()
                .orElse("");
    }

    /** What restrictions that were not given as attributes are called as such; some have no name and are left out. */
    static List<KeyAttribute> describe(LoginRestrictions restrictions) {
        List<KeyAttribute> attributes = new ArrayList<>();
        restrictions.command().ifPresent(command -> attributes.add(named(KeyAttribute.COMMAND_OVERRIDE, command)));
        restrictions
                .subsystems()
                .ifPresent(names -> attributes.add(named(KeyAttribute.SUBSYSTEM, String.join(",", names))));
        denied(restrictions, LoginRight.X11_FORWARDING, KeyAttribute.X11, attributes);
        denied(restrictions, LoginRight.SHELL, KeyAttribute.SHELL, attributes);
        denied(restrictions, LoginRight.EXEC, KeyAttribute.EXEC, attributes);
        denied(restrictions, LoginRight.AGENT_FORWARDING, KeyAttribute.AGENT, attributes);
        denied(restrictions, LoginRight.ENVIRONMENT_REQUESTS, KeyAttribute.ENV, attributes);
        restrictions.from().forEach(list -> attributes.add(named(KeyAttribute.FROM, list.toString())));
        boolean forwards = restrictions.allows(LoginRight.PORT_FORWARDING);
        targets(forwards, restrictions.permittedOpens())
                .map(list -> list.stream().map(ForwardTarget::host))
                .ifPresent(hosts -> attributes.add(named(KeyAttribute.PORT_FORWARD, joined(hosts.toList()))));
        targets(forwards, restrictions.permittedListens())
                .map(list -> list.stream().map(target -> Integer.toString(target.port())))
                .ifPresent(ports -> attributes.add(named(KeyAttribute.REVERSE_FORWARD, joined(ports.toList()))));
        return attributes;
    }

    private static Optional<List<ForwardTarget>> targets(boolean forwards, Optional<List<ForwardTarget>> permitted) {
        return forwards ? permitted : Optional.of(List.of());
    }

    private static String joined(List<String> items) {
        return String.join(",", items.stream().distinct().toList());
    }

    private static void denied(
            LoginRestrictions restrictions, LoginRight right, String name, List<KeyAttribute> attributes) {
        if (!restrictions.allows(right)) {
            attributes.add(named(name, ""));
        }
    }

    private static KeyAttribute named(String name, String value) {
        return KeyAttribute.critical(name, value);
    }

    /** Reads one attribute after the other. */
    private static final class Reader {
        private final boolean openSshServers;
        private final boolean ofKey;
        private final boolean namespaces;
        private final LoginRestrictionsBuilder restrictions = LoginRestrictions.builder();
        private final List<KeyAttribute> kept = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private Optional<String> namespace = Optional.empty();

        Reader(boolean openSshServers, boolean ofKey, boolean namespaces) {
            this.openSshServers = openSshServers;
            this.ofKey = ofKey;
            this.namespaces = namespaces;
        }

        KeyAttributes read(List<KeyAttribute> given) throws PublicKeySubsystemException {
            for (KeyAttribute attribute : given) {
                if (!seen.add(attribute.name()) && !REPEATED.contains(attribute.name())) {
                    throw refused(attribute, "stands more than once");
                }
                try {
                    take(attribute);
                } catch (IllegalArgumentException e) {
                    throw refused(attribute, "cannot be enforced: " + e.getMessage());
                }
            }
            return new KeyAttributes(List.copyOf(kept), built(), namespace);
        }

        private LoginRestrictions built() throws PublicKeySubsystemException {
            try {
                return restrictions.build();
            } catch (IllegalArgumentException e) {
                throw new PublicKeySubsystemException(ATTRIBUTE_NOT_SUPPORTED, String.valueOf(e.getMessage()));
            }
        }

        private void take(KeyAttribute attribute) throws PublicKeySubsystemException {
            if (namespaces && attribute.name().equals(KeyAttribute.NAMESPACE)) {
                namespace = Optional.of(checkedNamespace(attribute));
            } else if (isKnown(attribute.name())) {
                checkText(attribute);
                kept.add(attribute);
                restrict(attribute);
            } else if (attribute.critical()) {
                throw refused(attribute, "is not known here, and is critical");
            }
        }

        private boolean isKnown(String name) {
            return ofKey
                    ? KNOWN.contains(name) && !(openSshServers && UNKNOWN_TO_OPENSSH.contains(name))
                    : REPEATED.contains(name);
        }

        private void restrict(KeyAttribute attribute) {
            String value = attribute.value();
            switch (attribute.name()) {
                case KeyAttribute.COMMAND_OVERRIDE -> restrictions.command(value);
                case KeyAttribute.SUBSYSTEM -> restrictions.subsystems(items(value));
                case KeyAttribute.X11 -> restrictions.deny(LoginRight.X11_FORWARDING);
                case KeyAttribute.SHELL -> restrictions.deny(LoginRight.SHELL);
                case KeyAttribute.EXEC -> restrictions.deny(LoginRight.EXEC);
                case KeyAttribute.AGENT -> restrictions.deny(LoginRight.AGENT_FORWARDING);
                case KeyAttribute.ENV -> restrictions.deny(LoginRight.ENVIRONMENT_REQUESTS);
                case KeyAttribute.FROM -> restrictions.from(SourcePatterns.parse(value));
                case KeyAttribute.PORT_FORWARD ->
                    restrictions.permitOpen(items(value).stream()
                            .map(host -> new ForwardTarget(host, ForwardTarget.ANY_PORT))
                            .toList());
                case KeyAttribute.REVERSE_FORWARD ->
                    restrictions.permitListen(items(value).stream()
                            .map(port -> new ForwardTarget(ForwardTarget.ANY_HOST, port(port)))
                            .toList());
                default -> {
                    // comments restrict nothing
                }
            }
        }

        private static List<String> items(String value) {
            return value.isBlank()
                    ? List.of()
                    : Arrays.stream(value.split(",", LoginRestrictions.MAX_ITEMS + 1))
                            .map(String::strip)
                            .toList();
        }

        private static int port(String text) {
            if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) == 0) {
                throw new IllegalArgumentException("\"" + Text.quoted(text) + "\" is not a port");
            }
            return Integer.parseInt(text);
        }

        private static String checkedNamespace(KeyAttribute attribute) throws PublicKeySubsystemException {
            String name = attribute.value();
            if (name.isBlank() || name.codePointCount(0, name.length()) > MAX_NAMESPACE_CHARS) {
                throw refused(attribute, "is not 1 to " + MAX_NAMESPACE_CHARS + " characters");
            }
            checkText(attribute);
            if (name.indexOf('{') >= 0 || name.indexOf('}') >= 0) {
                throw refused(attribute, "has braces");
            }
            return name;
        }

        /** Values end in lines of text, where a control character would begin another one. */
        private static void checkText(KeyAttribute attribute) throws PublicKeySubsystemException {
            if (attribute.value().codePoints().anyMatch(c -> c == '\t' || Text.breaksLine(c))) {
                throw refused(attribute, "has control characters");
            }
        }

        private static PublicKeySubsystemException refused(KeyAttribute attribute, String reason) {
            return new PublicKeySubsystemException(
                    ATTRIBUTE_NOT_SUPPORTED, "the attribute " + attribute.name() + " " + reason);
        }
    }
}

package org.symbolon.ssh;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a login by one key may do: the options of an authorized_keys line, the critical options and extensions of an OpenSSH
 * certificate, and the attributes of RFC 4819 in one form. Who lets the key in enforces all of it. Immutable.
 *
 * <p>{@link #UNRESTRICTED} allows everything, but wants a touch of FIDO keys as OpenSSH does.
 *
 * @param from from where the key may be used; each of the lists must match
 * @param expiry until when the key may be used, that moment not included
 * @param command what runs in place of whatever the client asks for; empty text: nothing runs (RFC 4819 command-override)
 * @param denied the rights that the login has not
 * @param permittedOpens where connections may be forwarded to; empty where everywhere, an empty list where nowhere
 * @param permittedListens where may be listened; empty where everywhere, an empty list where nowhere
 * @param environment variables that the login gets
 * @param subsystems the subsystems that may be started; empty where all, an empty set where none
 * @param tunnel the number of the tun device that is forced; no tunnels are made here, it is for OpenSSH
 * @param touchRequired whether a FIDO key's signature must show that its owner touched it
 * @param verifyRequired whether a FIDO key's signature must show that its owner was verified, by PIN or fingerprint
 */
public record LoginRestrictions(
        List<SourcePatterns> from,
        Optional<Instant> expiry,
        Optional<String> command,
        Set<LoginRight> denied,
        Optional<List<ForwardTarget>> permittedOpens,
        Optional<List<ForwardTarget>> permittedListens,
        Map<String, String> environment,
        Optional<Set<String>> subsystems,
        OptionalInt tunnel,
        boolean touchRequired,
        boolean verifyRequired) {
    /** The most items in a list: forwardings, variables, subsystems. */
    public static final int MAX_ITEMS = 256;

    /** The longest command and the longest value of a variable, in characters. */
    public static final int MAX_TEXT_CHARS = 16_384;

    /** Everything is allowed; FIDO keys must be touched. */
    public static final LoginRestrictions UNRESTRICTED = builder().build();

    /**
     * Copies the lists and checks everything.
     *
     * @throws IllegalArgumentException if a list is too long, or a text is too long or has control characters; the message
     *     names it
     */
    public LoginRestrictions {
        from = List.copyOf(bounded("from", from.size(), from));
        denied = Set.copyOf(denied);
        permittedOpens = permittedOpens.map(list -> List.copyOf(bounded("permitopen", list.size(), list)));
        permittedListens = permittedListens.map(list -> List.copyOf(bounded("permitlisten", list.size(), list)));
        environment = java.util.Collections.unmodifiableMap(
                new LinkedHashMap<>(bounded("environment", environment.size(), environment)));
        subsystems = subsystems.map(
                set -> java.util.Collections.unmodifiableSet(new TreeSet<>(bounded("subsystems", set.size(), set))));
        command.ifPresent(text -> checkText("command", text));
        environment.forEach(LoginRestrictions::checkVariable);
        subsystems.ifPresent(names -> names.forEach(LoginRestrictions::checkSubsystem));
        if (tunnel.isPresent() && tunnel.getAsInt() < 0) {
            throw new IllegalArgumentException("The tunnel device is " + tunnel.getAsInt() + "; it is at least 0");
        }
    }

    /**
     * Begins with {@link #UNRESTRICTED}.
     *
     * @return a builder
     */
    public static LoginRestrictionsBuilder builder() {
        return new LoginRestrictionsBuilder();
    }

    /**
     * Begins with these restrictions.
     *
     * @return a builder
     */
    public LoginRestrictionsBuilder toBuilder() {
        return new LoginRestrictionsBuilder(this);
    }

    /**
     * The stricter of both in everything: what this and the other allow. Where both force a command and they differ, nothing
     * runs; where both set a variable, this one's value stays.
     *
     * @param other other restrictions of the same login, such as those of its certificate
     * @return the restrictions that hold
     */
    public LoginRestrictions and(LoginRestrictions other) {
        if (other.equals(UNRESTRICTED)) {
            return touchRequired ? this : toBuilder().touchRequired(true).build();
        }
        List<SourcePatterns> sources = new ArrayList<>(from);
        other.from.stream().filter(list -> !sources.contains(list)).forEach(sources::add);
        Set<LoginRight> neither = EnumSet.noneOf(LoginRight.class);
        neither.addAll(denied);
        neither.addAll(other.denied);
        Map<String, String> variables = new LinkedHashMap<>(environment);
        other.environment.forEach(variables::putIfAbsent);
        return new LoginRestrictions(
                sources,
                earlier(expiry, other.expiry),
                sameCommand(command, other.command),
                neither,
                both(permittedOpens, other.permittedOpens),
                both(permittedListens, other.permittedListens),
                variables,
                common(subsystems, other.subsystems),
                tunnel.isPresent() ? tunnel : other.tunnel,
                touchRequired || other.touchRequired,
                verifyRequired || other.verifyRequired);
    }

    /**
     * Whether the login has a right.
     *
     * @param right the right
     * @return false if it is denied
     */
    public boolean allows(LoginRight right) {
        return !denied.contains(right);
    }

    /**
     * Whether the key may be used from an address whose name is not known.
     *
     * @param client the client's address
     * @return true if each of the lists allows it
     */
    public boolean allowsFrom(InetAddress client) {
        return from.stream().allMatch(list -> list.matches(client));
    }

    /**
     * Whether the key may no longer be used.
     *
     * @param now the time
     * @return true from the expiry on
     */
    public boolean isExpired(Instant now) {
        return expiry.isPresent() && !now.isBefore(expiry.get());
    }

    /**
     * Whether a connection may be forwarded ({@code direct-tcpip}).
     *
     * @param host the host as the client wrote it
     * @param port the port
     * @return true if forwarding is not denied and a target matches, or every target is allowed
     */
    public boolean allowsOpen(String host, int port) {
        return allows(LoginRight.PORT_FORWARDING) && allowed(permittedOpens, host, port);
    }

    /**
     * Whether the server may listen for the client ({@code tcpip-forward}).
     *
     * @param host the address to listen on, as the client wrote it
     * @param port the port, 0 for one of the server's choice
     * @return true if forwarding is not denied and a target matches, or every target is allowed
     */
    public boolean allowsListen(String host, int port) {
        return allows(LoginRight.PORT_FORWARDING) && allowed(permittedListens, host, port);
    }

    /**
     * Whether a subsystem may be started. A forced command takes its place all the same.
     *
     * @param name the subsystem
     * @return true if all are allowed, or this one is
     */
    public boolean allowsSubsystem(String name) {
        return subsystems.isEmpty() || subsystems.get().contains(name);
    }

    private static boolean allowed(Optional<List<ForwardTarget>> targets, String host, int port) {
        return targets.isEmpty() || targets.get().stream().anyMatch(target -> target.matches(host, port));
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || (other.isPresent() && other.get().isBefore(one.get())) ? other : one;
    }

    private static Optional<String> sameCommand(Optional<String> one, Optional<String> other) {
        if (one.isPresent() && other.isPresent()) {
            return one.equals(other) ? one : Optional.of("");
        }
        return one.isPresent() ? one : other;
    }

    private static Optional<List<ForwardTarget>> both(
            Optional<List<ForwardTarget>> one, Optional<List<ForwardTarget>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        List<ForwardTarget> targets = one.get().stream()
                .flatMap(target -> other.get().stream().flatMap(second -> target.and(second).stream()))
                .distinct()
                .limit(MAX_ITEMS)
                .toList();
        return Optional.of(targets);
    }

    private static Optional<Set<String>> common(Optional<Set<String>> one, Optional<Set<String>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        Set<String> names = new TreeSet<>(one.get());
        names.retainAll(other.get());
        return Optional.of(names);
    }

    private static <T> T bounded(String what, int size, T items) {
        if (size > MAX_ITEMS) {
            throw new IllegalArgumentException(what + " has " + size + " items; it has at most " + MAX_ITEMS);
        }
        return items;
    }

    private static void checkVariable(String name, String value) {
        if (!name.matches("[A-Za-z0-9_]{1,255}")) {
            throw new IllegalArgumentException("environment names the variable \"" + Text.quoted(name)
                    + "\"; names are 1 to 255 letters, digits and underscores");
        }
        checkText("environment variable " + name, value);
    }

    private static void checkSubsystem(String name) {
        if (!name.matches("[!#-+\\--~]{1,64}")) {
            throw new IllegalArgumentException("subsystems names \"" + Text.quoted(name)
                    + "\"; names are 1 to 64 printable ASCII characters without comma, space or quote");
        }
    }

    private static void checkText(String what, String text) {
        if (text.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException(
                    what + " has " + text.length() + " characters; it has at most " + MAX_TEXT_CHARS);
        }
        if (text.codePoints().anyMatch(Text::breaksLine)) {
            throw new IllegalArgumentException(what + " has control characters");
        }
    }
}

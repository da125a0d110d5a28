package org.symbolon.ssh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Makes {@link LoginRestrictions}; {@link #build} checks what was set. Not thread-safe. */
public final class LoginRestrictionsBuilder {
    private final List<SourcePatterns> from = new ArrayList<>();
    private final Set<LoginRight> denied = EnumSet.noneOf(LoginRight.class);
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Optional<Instant> expiry = Optional.empty();
    private Optional<String> command = Optional.empty();
    private Optional<List<ForwardTarget>> permittedOpens = Optional.empty();
    private Optional<List<ForwardTarget>> permittedListens = Optional.empty();
    private Optional<Set<String>> subsystems = Optional.empty();
    private OptionalInt tunnel = OptionalInt.empty();
    private boolean touchRequired = true;
    private boolean verifyRequired;

    LoginRestrictionsBuilder() {}

    LoginRestrictionsBuilder(LoginRestrictions begin) {
        from.addAll(begin.from());
        denied.addAll(begin.denied());
        environment.putAll(begin.environment());
        expiry = begin.expiry();
        command = begin.command();
        permittedOpens = begin.permittedOpens();
        permittedListens = begin.permittedListens();
        subsystems = begin.subsystems();
        tunnel = begin.tunnel();
        touchRequired = begin.touchRequired();
        verifyRequired = begin.verifyRequired();
    }

    /**
     * Adds a list of sources, which must match too.
     *
     * @param patterns the list
     * @return this
     */
    public LoginRestrictionsBuilder from(SourcePatterns patterns) {
        from.add(patterns);
        return this;
    }

    /**
     * Sets until when the key may be used; the earliest of several holds.
     *
     * @param moment the first moment at which it may not
     * @return this
     */
    public LoginRestrictionsBuilder expiry(Instant moment) {
        expiry = expiry.filter(earlier -> earlier.isBefore(moment)).or(() -> Optional.of(moment));
        return this;
    }

    /**
     * Forces a command.
     *
     * @param forced what runs; empty: nothing does
     * @return this
     */
    public LoginRestrictionsBuilder command(String forced) {
        command = Optional.of(forced);
        return this;
    }

    /**
     * Takes a right away.
     *
     * @param right the right
     * @return this
     */
    public LoginRestrictionsBuilder deny(LoginRight right) {
        denied.add(right);
        return this;
    }

    /**
     * Gives a right back.
     *
     * @param right the right
     * @return this
     */
    public LoginRestrictionsBuilder allow(LoginRight right) {
        denied.remove(right);
        return this;
    }

    /**
     * Allows connections to nothing but the targets that were and will be named.
     *
     * @param targets more targets, may be none
     * @return this
     */
    public LoginRestrictionsBuilder permitOpen(Collection<ForwardTarget> targets) {
        permittedOpens = more(permittedOpens, targets);
        return this;
    }

    /**
     * Allows listening on nothing but the targets that were and will be named.
     *
     * @param targets more targets, may be none
     * @return this
     */
    public LoginRestrictionsBuilder permitListen(Collection<ForwardTarget> targets) {
        permittedListens = more(permittedListens, targets);
        return this;
    }

    /**
     * Sets a variable, if it is not set yet: as in OpenSSH the first one holds.
     *
     * @param name letters, digits and underscores
     * @param value the value
     * @return this
     */
    public LoginRestrictionsBuilder environment(String name, String value) {
        environment.putIfAbsent(name, value);
        return this;
    }

    /**
     * Allows no subsystems but these.
     *
     * @param names the names, may be none
     * @return this
     */
    public LoginRestrictionsBuilder subsystems(Collection<String> names) {
        subsystems = Optional.of(new TreeSet<>(names));
        return this;
    }

    /**
     * Forces a tun device, for OpenSSH.
     *
     * @param device its number
     * @return this
     */
    public LoginRestrictionsBuilder tunnel(int device) {
        tunnel = OptionalInt.of(device);
        return this;
    }

    /**
     * Sets whether a FIDO key must be touched.
     *
     * @param required by default true
     * @return this
     */
    public LoginRestrictionsBuilder touchRequired(boolean required) {
        touchRequired = required;
        return this;
    }

    /**
     * Sets whether the owner of a FIDO key must be verified.
     *
     * @param required by default false
     * @return this
     */
    public LoginRestrictionsBuilder verifyRequired(boolean required) {
        verifyRequired = required;
        return this;
    }

    /**
     * Checks everything and makes the restrictions.
     *
     * @return the restrictions
     * @throws IllegalArgumentException if a value cannot be; the message names it
     */
    public LoginRestrictions build() {
        return new LoginRestrictions(
                from,
                expiry,
                command,
                denied,
                permittedOpens,
                permittedListens,
                environment,
                subsystems,
                tunnel,
                touchRequired,
                verifyRequired);
    }

    private static Optional<List<ForwardTarget>> more(
            Optional<List<ForwardTarget>> before, Collection<ForwardTarget> targets) {
        List<ForwardTarget> all = new ArrayList<>(before.orElse(List.of()));
        all.addAll(targets);
        return Optional.of(all);
    }
}

package org.symbolon.ssh;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads options one after the other; later ones may take back what {@code restrict} took, as in OpenSSH. */
final class AuthorizedKeyOptionsReader {
    private static final String WHAT = "authorized_keys option ";
    private static final int MAX_OPTIONS = 1024;
    /** Options that OpenSSH takes once. More {@code from} lists are ours: each must match. */
    private static final Set<String> ONCE = Set.of("command", "principals", "tunnel", "subsystems", "self-service");

    private final ZoneId zone;
    private final LoginRestrictionsBuilder restrictions = LoginRestrictions.builder();
    private final Set<String> seen = new HashSet<>();
    private boolean certificateAuthority;
    private List<String> principals = List.of();
    private Optional<String> selfService = Optional.empty();

    AuthorizedKeyOptionsReader(ZoneId zone) {
        this.zone = zone;
    }

    AuthorizedKeyOptions read(List<AuthorizedKeysLine.Option> options) throws SshFormatException {
        if (options.size() > MAX_OPTIONS) {
            throw new SshFormatException(
                    "authorized_keys line: it has " + options.size() + " options, at most " + MAX_OPTIONS);
        }
        for (AuthorizedKeysLine.Option option : options) {
            if (!seen.add(option.name()) && ONCE.contains(option.name())) {
                throw new SshFormatException(WHAT + option.name() + " stands more than once");
            }
            if (option.value() == null ? !flag(option.name()) : !valued(option.name(), option.value())) {
                throw new SshFormatException(WHAT + problem(option));
            }
        }
        try {
            return new AuthorizedKeyOptions(restrictions.build(), certificateAuthority, principals, selfService);
        } catch (IllegalArgumentException e) {
            throw new SshFormatException("authorized_keys options: " + e.getMessage(), e);
        }
    }

    private boolean flag(String name) {
        switch (name) {
            case "cert-authority" -> certificateAuthority = true;
            case "restrict" ->
                Arrays.stream(LoginRight.values())
                        .filter(LoginRight::knownToOpenSsh)
                        .forEach(restrictions::deny);
            case "touch-required", "no-touch-required" -> restrictions.touchRequired(name.startsWith("t"));
            case "verify-required", "no-verify-required" -> restrictions.verifyRequired(name.startsWith("v"));
            default -> {
                boolean denies = name.startsWith("no-");
                var right = LoginRight.byOption(denies ? name.substring(3) : name);
                right.ifPresent(denies ? restrictions::deny : restrictions::allow);
                return right.isPresent();
            }
        }
        return true;
    }

    private boolean valued(String name, String value) throws SshFormatException {
        switch (name) {
            case "from" -> restrictions.from(read(name, value, SourcePatterns::parse));
            case "expiry-time" -> restrictions.expiry(read(name, value, this::time));
            case "command" -> restrictions.command(value);
            case "environment" -> environment(value);
            case "permitopen" -> restrictions.permitOpen(read(name, value, AuthorizedKeyOptionsReader::open));
            case "permitlisten" -> restrictions.permitListen(read(name, value, AuthorizedKeyOptionsReader::listen));
            case "principals" -> principals = list(value);
            case "subsystems" -> restrictions.subsystems(value.isEmpty() ? List.of() : list(value));
            case "tunnel" -> tunnel(value);
            case "self-service" -> selfService = Optional.of(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void environment(String value) throws SshFormatException {
        int equals = value.indexOf('=');
        if (equals < 0) {
            throw new SshFormatException(WHAT + "environment: it has no NAME=value");
        }
        restrictions.environment(value.substring(0, equals), value.substring(equals + 1));
    }

    private void tunnel(String value) throws SshFormatException {
        if (value.equals("any")) {
            return;
        }
        if (!value.matches("\\d{1,9}")) {
            throw new SshFormatException(WHAT + "tunnel: it is a number of a device, or any");
        }
        restrictions.tunnel(Integer.parseInt(value));
    }

    /** The targets of one option; none for what the writer says where there are none. */
    private static List<ForwardTarget> listen(String value) {
        ForwardTarget target = ForwardTarget.parse(value);
        return target.equals(AuthorizedKeyOptionsWriter.NOWHERE) ? List.of() : List.of(target);
    }

    private static List<ForwardTarget> open(String value) {
        if (value.indexOf(':') < 0) {
            throw new IllegalArgumentException("\"" + Text.quoted(value) + "\" is not host:port");
        }
        return listen(value);
    }

    private Instant time(String text) {
        boolean utc = text.endsWith("Z");
        String digits = utc ? text.substring(0, text.length() - 1) : text;
        String whole = switch (digits.length()) {
            case 8 -> digits + "000000";
            case 12 -> digits + "00";
            default -> digits;
        };
        try {
            return LocalDateTime.parse(whole, AuthorizedKeyOptionsWriter.TIME.withResolverStyle(ResolverStyle.STRICT))
                    .atZone(utc ? ZoneOffset.UTC : zone)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + Text.quoted(text) + "\" is not YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, with or without Z",
                    e);
        }
    }

    private static <T> T read(String name, String value, Function<String, T> reader) throws SshFormatException {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new SshFormatException(WHAT + name + ": " + e.getMessage(), e);
        }
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split(",", LoginRestrictions.MAX_ITEMS + 1))
                .map(String::strip)
                .toList();
    }

    private static String problem(AuthorizedKeysLine.Option option) {
        return option.name()
                + (option.value() == null ? " without a value is not known" : " with a value is not known");
    }
}

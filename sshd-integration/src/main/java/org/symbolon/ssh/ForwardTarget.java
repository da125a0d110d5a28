package org.symbolon.ssh;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place that a login may forward to or listen on: what a {@code permitopen} or {@code permitlisten} option names (sshd(8)).
 *
 * @param host a name or an address, compared as text without regard to case; {@value #ANY_HOST} is every host
 * @param port 1 to 65535; {@value #ANY_PORT} is every port
 */
public record ForwardTarget(String host, int port) {
    /** Every host. */
    public static final String ANY_HOST = "*";

    /** Every port. */
    public static final int ANY_PORT = 0;

    private static final int MAX_HOST_CHARS = 255;
    private static final Pattern FORM = Pattern.compile("(?:(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):)?(\\*|\\d{1,5})");

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if the host has characters that a host has not, or the port is out of range
     */
    public ForwardTarget {
        if (host.isEmpty() || host.length() > MAX_HOST_CHARS || !host.matches("[!#-+\\--~]+")) {
            throw new IllegalArgumentException("The host \"" + Text.quoted(host)
                    + "\" of a forwarding is not 1 to 255 printable ASCII characters without comma, space or quote");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "The port " + port + " of a forwarding is not 1 to 65535, or 0 for every port");
        }
        host = host.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@code host:port}, {@code [address]:port} or, for listening on any address, {@code port}; {@code *} is any port.
     *
     * @param text the option's value
     * @return the target
     * @throws IllegalArgumentException if it is none of these
     */
    public static ForwardTarget parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + Text.quoted(text) + "\" is not host:port");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        String port = matcher.group(3);
        if (!port.equals("*") && Integer.parseInt(port) == 0) {
            throw new IllegalArgumentException("\"" + Text.quoted(text) + "\" has the port 0; every port is *");
        }
        return new ForwardTarget(host == null ? ANY_HOST : host, port.equals("*") ? ANY_PORT : Integer.parseInt(port));
    }

    /**
     * Whether this is what a client asks for.
     *
     * @param requestedHost the host as the client wrote it
     * @param requestedPort the port that the client asked for; 0, a port of the server's choice, only where every port is meant
     * @return whether it may have it
     */
    public boolean matches(String requestedHost, int requestedPort) {
        return (host.equals(ANY_HOST) || host.equalsIgnoreCase(requestedHost))
                && (port == ANY_PORT || port == requestedPort);
    }

    /** What both allow, if there is anything. */
    Optional<ForwardTarget> and(ForwardTarget other) {
        boolean hosts = host.equals(ANY_HOST) || other.host.equals(ANY_HOST) || host.equals(other.host);
        boolean ports = port == ANY_PORT || other.port == ANY_PORT || port == other.port;
        return hosts && ports
                ? Optional.of(new ForwardTarget(
                        host.equals(ANY_HOST) ? other.host : host, port == ANY_PORT ? other.port : port))
                : Optional.empty();
    }

    /** The target as an option's value. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + (port == ANY_PORT ? "*" : port);
    }
}

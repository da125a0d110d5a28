package org.symbolon.remote;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.symbolon.remote.transport.CrushEndpoint;
import org.symbolon.remote.transport.Endpoint;
import org.symbolon.remote.transport.ExecEndpoint;
import org.symbolon.remote.transport.TlsEndpoint;
import org.symbolon.remote.transport.UnixEndpoint;

/**
 * Where a module is, after {@code p11:}: {@code unix:path=PATH} and {@code exec:command=COMMAND} as
 * draft-ueno-pkcs11-rpc has them, percent-encoded where they must be, {@code tls://host[,host2]:port} and
 * {@code krb5://host[,host2]:port}, and {@code crush://host[,host2]:port/module} for a module of a Caml Crush server.
 */
final class EndpointUri {
    private static final String UNIX = "unix:path=";
    private static final String EXEC = "exec:command=";
    private static final Pattern TLS =
            Pattern.compile("tls://([^/:,\\[\\]]+(?:,[^/:,\\[\\]]+)*|\\[[0-9A-Fa-f:.]+\\]):([0-9]{1,5})/?");
    private static final Pattern KRB5 = Pattern.compile("krb5://([^/:,\\[\\]]+(?:,[^/:,\\[\\]]+)*):([0-9]{1,5})/?");
    private static final Pattern CRUSH =
            Pattern.compile("crush://([^/:,\\[\\]]+(?:,[^/:,\\[\\]]+)*):([0-9]{1,5})/([0-9A-Za-z._-]{1,64})");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^\\s\"']+)");
    private static final int MAX_PORT = 65535;

    private EndpointUri() {}

    static List<Endpoint> parse(String uri, SSLSocketFactory sockets, Servers underTickets) {
        if (uri.startsWith(UNIX)) {
            return List.of(new UnixEndpoint(path(decoded(uri.substring(UNIX.length())))));
        }
        if (uri.startsWith(EXEC)) {
            return List.of(new ExecEndpoint(words(decoded(uri.substring(EXEC.length())))));
        }
        Matcher tls = TLS.matcher(uri);
        if (tls.matches()) {
            return servers(tls, (host, port) -> new TlsEndpoint(host.replaceAll("[\\[\\]]", ""), port, sockets));
        }
        Matcher krb5 = KRB5.matcher(uri);
        if (krb5.matches()) {
            return servers(krb5, underTickets);
        }
        Matcher crush = CRUSH.matcher(uri);
        if (crush.matches()) {
            return servers(crush, (host, port) -> new CrushEndpoint(host, port, crush.group(3)));
        }
        throw new IllegalArgumentException("a remote module is at p11:unix:path=PATH, p11:exec:command=COMMAND,"
                + " p11:tls://HOST[,HOST2]:PORT, p11:krb5://HOST[,HOST2]:PORT or p11:crush://HOST[,HOST2]:PORT/MODULE, not"
                + " at p11:" + uri);
    }

    /** Makes the endpoint of a server. */
    @FunctionalInterface
    interface Servers {
        Endpoint endpoint(String host, int port);
    }

    private static List<Endpoint> servers(Matcher address, Servers maker) {
        int port = Integer.parseInt(address.group(2));
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is 1 to " + MAX_PORT + ", not " + port);
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (String host : address.group(1).split(",", -1)) {
            endpoints.add(maker.endpoint(host, port));
        }
        return endpoints;
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
            throw new IllegalArgumentException(UNIX + " wants an absolute path, not " + text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(UNIX + " wants the path of a socket, not " + text, e);
        }
    }

    /** Returns a command's words; quotes keep blanks together. */
    private static List<String> words(String command) {
        String whole =
                command.length() > 1 && command.startsWith("\"") && command.indexOf('"', 1) == command.length() - 1
                        ? command.substring(1, command.length() - 1)
                        : command;
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(whole);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("^[\"']|[\"']$", ""));
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException(EXEC + " wants a program and its arguments");
        }
        return words;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a % is followed by two hexadecimal digits, unlike in " + text, e);
        }
    }
}

package org.symbolon.kmip.token;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;

/**
 * Where a server is, after the scheme: {@code //host[,host2][:port][/path][?setting=value&...]}. IPv6 addresses stand in brackets.
 *
 * @param nodes its nodes, the preferred one first
 * @param httpsPath where it takes messages by HTTPS; empty for TLS sockets
 */
record ServerUri(List<Node> nodes, Optional<String> httpsPath) {
    private static final int DEFAULT_PORT = 5696;
    private static final String DEFAULT_PATH = "/kmip";

    private static final int MAX_PORT = 65535;
    private static final String HOST = "(?:[^/?:,\\[\\]]+|\\[[0-9A-Fa-f:.]+\\])";
    private static final Pattern FORM =
            Pattern.compile("//(" + HOST + "(?::[0-9]{1,5})?(?:," + HOST + "(?::[0-9]{1,5})?)*)(/[^?]*)?");
    private static final Pattern NODE = Pattern.compile("(" + HOST + ")(?::([0-9]{1,5}))?");

    /**
     * One node.
     *
     * @param host its name or address
     * @param port its port
     */
    record Node(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    ServerUri {
        nodes = List.copyOf(nodes);
    }

    /** Parses a URI. A port after the last node is that of all nodes without one. */
    static ServerUri parse(ModuleUri uri) {
        Matcher form = FORM.matcher(uri.rest().replaceFirst("[?].*", ""));
        if (!form.matches()) {
            throw new IllegalArgumentException("a KMIP server is at " + uri.scheme()
                    + "://HOST[,HOST2][:PORT][/PATH][?SETTING=VALUE&...], not at " + uri);
        }
        boolean https = uri.scheme().equals("kmip+https");
        String path = form.group(2) == null || form.group(2).equals("/") ? "" : form.group(2);
        if (!https && !path.isEmpty()) {
            throw new IllegalArgumentException("a path goes with kmip+https, not with " + uri);
        }
        String[] texts = form.group(1).split(",(?![^\\[]*\\])", -1);
        int common = port(texts[texts.length - 1], DEFAULT_PORT);
        List<Node> nodes = new ArrayList<>();
        for (String text : texts) {
            Matcher node = NODE.matcher(text);
            if (node.matches()) {
                nodes.add(new Node(node.group(1).replaceAll("[\\[\\]]", ""), port(text, common)));
            }
        }
        return new ServerUri(nodes, https ? Optional.of(path.isEmpty() ? DEFAULT_PATH : path) : Optional.empty());
    }

    /** Returns the options with the settings that the URI has after a question mark. */
    static ModuleOptions withSettings(ModuleUri uri, ModuleOptions options) {
        int mark = uri.rest().indexOf('?');
        ModuleOptions all = options;
        for (String pair :
                mark < 0 ? new String[0] : uri.rest().substring(mark + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (equals < 0 || !TokenSettings.MEANINGS.containsKey(name)) {
                throw new IllegalArgumentException(
                        "after the ? of " + uri + " stand settings, SETTING=VALUE, which are "
                                + new TreeSet<>(TokenSettings.MEANINGS.keySet()) + ", not " + pair);
            }
            all = all.withSetting(name, decoded(pair.substring(equals + 1)));
        }
        return all;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a % is followed by two hexadecimal digits, unlike in " + text, e);
        }
    }

    private static int port(String node, int otherwise) {
        Matcher matcher = NODE.matcher(node);
        if (!matcher.matches() || matcher.group(2) == null) {
            return otherwise;
        }
        int port = Integer.parseInt(matcher.group(2));
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is 1 to " + MAX_PORT + ", not " + port);
        }
        return port;
    }
}

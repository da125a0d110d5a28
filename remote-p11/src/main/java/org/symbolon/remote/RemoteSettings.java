package org.symbolon.remote;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.TokenException;
import org.symbolon.config.Durations;
import org.symbolon.config.SecretReference;
import org.symbolon.remote.client.ClientSettings;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.transport.Endpoint;
import org.symbolon.transport.OwnKey;
import org.symbolon.transport.TlsMaterial;

/** The settings of a remote module, from its URI and its options. */
final class RemoteSettings {
    static final String ENDPOINTS = "endpoints";
    static final String CONNECTIONS = "connections";
    static final String REFRESH = "refresh";
    static final String RECONNECT = "reconnect";
    static final String FAILOVER = "failover";
    static final String MECHANISM_ENCODING = "mechanism-encoding";
    static final String TRUST = "trust";
    static final String KEY_STORE = "key-store";
    static final String KEY_STORE_PASSWORD = "key-store-password";

    private static final int MAX_CONNECTIONS = 256;
    private static final int DEFAULT_CONNECTIONS = 8;
    private static final Duration DEFAULT_REFRESH = Duration.ofSeconds(2);
    private static final Duration DEFAULT_RECONNECT = Duration.ofSeconds(2);
    private static final Duration DEFAULT_FAILOVER = Duration.ofSeconds(1);

    private static final Map<String, String> OWN_MEANINGS = Map.of(
            ENDPOINTS,
            "more servers of the same tokens, used while those before them are down: URIs without p11:, separated by"
                    + " blanks",
            CONNECTIONS,
            "the most connections of one login to one token, 1 to " + MAX_CONNECTIONS + " (" + DEFAULT_CONNECTIONS
                    + ")",
            REFRESH,
            "after how long what others changed is noticed, such as 2s (the default)",
            RECONNECT,
            "for how long a call tries to reach a server that has just gone away, such as 2s (the default)",
            FAILOVER,
            "with several servers, how long one may answer nothing until calls go to another, such as 1s (the default)",
            MECHANISM_ENCODING,
            "how mechanisms are written: auto (the default), old (p11-kit up to 0.25.5) or new",
            TRUST,
            "a file of PEM certificates that sign servers' certificates, for tls; those of the JVM by default",
            KEY_STORE,
            "a PKCS #12 file with the client's key and certificate, for tls",
            KEY_STORE_PASSWORD,
            "the password of that file, a reference such as ${file:/run/secrets/p11}");

    private RemoteSettings() {}

    /** Returns what each setting means. */
    static Map<String, String> meanings() {
        Map<String, String> meanings = new HashMap<>(OWN_MEANINGS);
        meanings.putAll(KerberosSettings.MEANINGS);
        return Map.copyOf(meanings);
    }

    static ClientSettings of(ModuleUri uri, ModuleOptions options) throws TokenException {
        SSLSocketFactory sockets = TlsMaterial.ofClient(
                        options.setting(TRUST).map(Path::of),
                        options.setting(KEY_STORE)
                                .map(file -> new OwnKey(
                                        Path.of(file),
                                        Optional.empty(),
                                        options.setting(KEY_STORE_PASSWORD)
                                                .map(SecretReference::parse)
                                                .map(OwnKey.Password::of))))
                .context()
                .getSocketFactory();
        EndpointUri.Servers underTickets = KerberosSettings.endpoints(options);
        List<Endpoint> endpoints = new ArrayList<>(EndpointUri.parse(uri.rest(), sockets, underTickets));
        for (String more : options.setting(ENDPOINTS).orElse("").split("[ \t]+", -1)) {
            if (!more.isEmpty()) {
                endpoints.addAll(EndpointUri.parse(more, sockets, underTickets));
            }
        }
        return new ClientSettings(
                endpoints,
                options.setting(CONNECTIONS).map(RemoteSettings::connections).orElse(DEFAULT_CONNECTIONS),
                options.setting(REFRESH).map(text -> time(REFRESH, text)).orElse(DEFAULT_REFRESH),
                options.setting(RECONNECT).map(text -> time(RECONNECT, text)).orElse(DEFAULT_RECONNECT),
                options.setting(FAILOVER).map(text -> time(FAILOVER, text)).orElse(DEFAULT_FAILOVER),
                options.setting(MECHANISM_ENCODING).flatMap(RemoteSettings::mechanisms));
    }

    private static int connections(String text) {
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_CONNECTIONS) {
            throw new IllegalArgumentException(
                    CONNECTIONS + " is a number from 1 to " + MAX_CONNECTIONS + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    private static Duration time(String setting, String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage() + "; not " + text, e);
        }
    }

    private static Optional<Dialect.Mechanisms> mechanisms(String text) {
        return switch (text) {
            case "auto" -> Optional.empty();
            case "old" -> Optional.of(Dialect.Mechanisms.OLD);
            case "new" -> Optional.of(Dialect.Mechanisms.NEW);
            default -> throw new IllegalArgumentException(MECHANISM_ENCODING + " is auto, old or new, not " + text);
        };
    }
}

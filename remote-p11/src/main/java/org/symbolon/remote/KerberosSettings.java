package org.symbolon.remote;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.symbolon.ModuleOptions;
import org.symbolon.remote.kerberos.KerberosTickets;
import org.symbolon.remote.oncrpc.GssService;
import org.symbolon.remote.transport.Endpoint;
import org.symbolon.remote.transport.KerberosEndpoint;

/** The settings of a remote module that is reached with tickets: {@code p11:krb5://}. */
final class KerberosSettings {
    private static final String TICKET_CACHE = "ticket-cache";
    private static final String KEY_TABLE = "keytab";
    private static final String PRINCIPAL = "principal";
    private static final String PROTECTION = "protection";

    /** What each setting means. */
    static final Map<String, String> MEANINGS = Map.of(
            TICKET_CACHE,
            "the file with the tickets that kinit got, for krb5; that of the user who runs this by default",
            KEY_TABLE,
            "a key table to get tickets with instead, for krb5",
            PRINCIPAL,
            "whose key of that table is used",
            PROTECTION,
            "how calls are protected, for krb5: privacy (the default), integrity or none");

    private KerberosSettings() {}

    /** Returns what makes endpoints with these settings. */
    static EndpointUri.Servers endpoints(ModuleOptions options) {
        Optional<Path> cache = options.setting(TICKET_CACHE).map(Path::of);
        Optional<Path> keyTable = options.setting(KEY_TABLE).map(Path::of);
        Optional<String> principal = options.setting(PRINCIPAL);
        GssService service =
                options.setting(PROTECTION).map(KerberosSettings::protection).orElse(GssService.PRIVACY);
        if (keyTable.isPresent() != principal.isPresent()) {
            throw new IllegalArgumentException(KEY_TABLE + " and " + PRINCIPAL + " are set together");
        }
        if (keyTable.isPresent() && cache.isPresent()) {
            throw new IllegalArgumentException("tickets come from " + TICKET_CACHE + " or with " + KEY_TABLE);
        }
        return (host, port) -> endpoint(host, port, service, cache, keyTable, principal);
    }

    private static Endpoint endpoint(
            String host,
            int port,
            GssService service,
            Optional<Path> cache,
            Optional<Path> keyTable,
            Optional<String> principal) {
        KerberosTickets tickets = keyTable.isPresent()
                ? KerberosTickets.ofKey(host, keyTable.get(), principal.orElseThrow())
                : KerberosTickets.ofCache(host, cache);
        return new KerberosEndpoint(host, port, tickets, service);
    }

    private static GssService protection(String text) {
        return switch (text) {
            case "privacy" -> GssService.PRIVACY;
            case "integrity" -> GssService.INTEGRITY;
            case "none" -> GssService.NONE;
            default -> throw new IllegalArgumentException(PROTECTION + " is privacy, integrity or none, not " + text);
        };
    }
}

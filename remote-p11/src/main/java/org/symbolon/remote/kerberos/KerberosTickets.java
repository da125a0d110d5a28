package org.symbolon.remote.kerberos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.symbolon.remote.oncrpc.GssClient;

/**
 * Makes the security contexts of a client with its tickets: of a cache, as {@code kinit} fills it, or those that a key of a
 * table gets. Thread-safe.
 */
public final class KerberosTickets implements GssClient.Initiator {
    private static final String SERVICE = "pkcs11";

    private final String host;
    private final KerberosLogin login;

    private KerberosTickets(String host, KerberosLogin login) {
        this.host = host;
        this.login = login;
    }

    /**
     * With the tickets of a cache.
     *
     * @param host the server's name; its principal is {@code pkcs11/HOST}
     * @param cache the cache; that of the user that the process runs as, if none is named
     * @return what makes contexts
     */
    public static KerberosTickets ofCache(String host, Optional<Path> cache) {
        return new KerberosTickets(host, KerberosLogin.ofTickets(cache));
    }

    /**
     * With a key of a table.
     *
     * @param host the server's name; its principal is {@code pkcs11/HOST}
     * @param keyTable the file
     * @param principal whose key it is
     * @return what makes contexts
     */
    public static KerberosTickets ofKey(String host, Path keyTable, String principal) {
        return new KerberosTickets(host, KerberosLogin.ofKey(keyTable, principal));
    }

    @Override
    public GSSContext context() throws IOException {
        return login.run(() -> {
            GSSManager manager = GSSManager.getInstance();
            GSSName service = manager.createName(SERVICE + "@" + host, GSSName.NT_HOSTBASED_SERVICE);
            GSSCredential credential = manager.createCredential(
                    null, GSSCredential.INDEFINITE_LIFETIME, KerberosLogin.mechanism(), GSSCredential.INITIATE_ONLY);
            return asked(manager.createContext(
                    service, KerberosLogin.mechanism(), credential, GSSContext.INDEFINITE_LIFETIME));
        });
    }

    private static GSSContext asked(GSSContext context) throws GSSException {
        context.requestMutualAuth(true);
        context.requestConf(true);
        context.requestInteg(true);
        context.requestReplayDet(false); // RPCSEC_GSS does both itself (RFC 2203 section 5.2.2)
        context.requestSequenceDet(false);
        return context;
    }
}

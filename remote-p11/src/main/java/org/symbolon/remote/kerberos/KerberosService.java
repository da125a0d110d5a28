package org.symbolon.remote.kerberos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.symbolon.remote.oncrpc.GssAcceptor;
import org.symbolon.remote.oncrpc.GssCaller;

/** Accepts tickets with the keys of a table, as {@code ktadd} writes it. Thread-safe. */
public final class KerberosService implements GssAcceptor {
    /** Accepts the tickets for every principal whose key is in the table. */
    public static final String ANY = "*";

    private final GSSCredential credential;

    private KerberosService(GSSCredential credential) {
        this.credential = credential;
    }

    /**
     * Reads a table. Keys that are changed in the file later count from then on.
     *
     * @param keyTable the file
     * @param principal the service, such as {@code pkcs11/tokens.example.org}, or {@link #ANY}
     * @return what accepts tickets
     * @throws IOException if there is no key of the principal in it
     */
    public static KerberosService of(Path keyTable, String principal) throws IOException {
        requireKey(keyTable, principal);
        return new KerberosService(KerberosLogin.ofService(keyTable, principal)
                .run(() -> GSSManager.getInstance()
                        .createCredential(
                                null,
                                GSSCredential.INDEFINITE_LIFETIME,
                                KerberosLogin.mechanism(),
                                GSSCredential.ACCEPT_ONLY)));
    }

    /** Looks now for what would else be missed at the first client. */
    private static void requireKey(Path keyTable, String principal) throws IOException {
        KeyTab table = KeyTab.getUnboundInstance(keyTable.toFile());
        if (!table.exists()) {
            throw new IOException("there is no key table " + keyTable);
        }
        if (!principal.equals(ANY) && table.getKeys(new KerberosPrincipal(principal)).length == 0) {
            throw new IOException("there is no key of " + principal + " in " + keyTable);
        }
    }

    @Override
    public GSSContext context() throws GSSException {
        return GSSManager.getInstance().createContext(credential);
    }

    @Override
    public GssCaller caller(GSSContext context) throws GSSException {
        return new GssCaller(context.getSrcName().toString(), Optional.empty());
    }
}

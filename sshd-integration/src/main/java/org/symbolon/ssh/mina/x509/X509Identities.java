package org.symbolon.ssh.mina.x509;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.SessionContext;
import org.jspecify.annotations.Nullable;

/** A client's certificates, and then its other keys. */
final class X509Identities implements KeyIdentityProvider {
    private final CertifiedKeyPairs certified;
    private final Optional<KeyIdentityProvider> others;

    X509Identities(CertifiedKeyPairs certified, Optional<KeyIdentityProvider> others) {
        this.certified = certified;
        this.others = others;
    }

    @Override
    public Iterable<KeyPair> loadKeys(@Nullable SessionContext session) throws IOException, GeneralSecurityException {
        List<KeyPair> all = new ArrayList<>(certified.get());
        if (others.isPresent()) {
            others.get().loadKeys(session).forEach(all::add);
        }
        return all;
    }
}

package org.symbolon.ssh.mina.x509;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.jspecify.annotations.Nullable;

/** Host certificates beside the plain host keys, for clients that know no X.509. */
final class X509HostKeys implements KeyPairProvider {
    private final CertifiedKeyPairs certified;
    private final Optional<KeyPairProvider> plain;

    X509HostKeys(CertifiedKeyPairs certified, Optional<KeyPairProvider> plain) {
        this.certified = certified;
        this.plain = plain;
    }

    @Override
    public Iterable<KeyPair> loadKeys(@Nullable SessionContext session) throws IOException, GeneralSecurityException {
        List<KeyPair> all = new ArrayList<>(certified.get());
        if (plain.isPresent()) {
            plain.get().loadKeys(session).forEach(all::add);
        }
        return all;
    }

    @Override
    public @Nullable KeyPair loadKey(@Nullable SessionContext session, String type)
            throws IOException, GeneralSecurityException {
        for (KeyPair pair : certified.get()) {
            if (type.equals(KeyUtils.getKeyType(pair.getPublic()))) {
                return pair;
            }
        }
        return plain.isPresent() ? plain.get().loadKey(session, type) : null;
    }

    @Override
    public Iterable<String> getKeyTypes(@Nullable SessionContext session) throws IOException, GeneralSecurityException {
        List<String> types = new ArrayList<>();
        certified.get().forEach(pair -> types.add(KeyUtils.getKeyType(pair.getPublic())));
        if (plain.isPresent()) {
            plain.get().getKeyTypes(session).forEach(types::add);
        }
        return types;
    }
}

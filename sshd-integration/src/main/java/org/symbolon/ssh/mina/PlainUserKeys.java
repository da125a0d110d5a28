package org.symbolon.ssh.mina;

import java.security.GeneralSecurityException;
import java.util.Optional;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignatureAlgorithm;

/** Lets users in by the plain keys and FIDO keys that {@link AuthorizedKeys} finds. */
final class PlainUserKeys implements UserKeyCheck {
    private final AuthorizedKeys keys;

    PlainUserKeys(AuthorizedKeys keys) {
        this.keys = keys;
    }

    @Override
    public boolean takes(String algorithm) {
        return keyType(algorithm).isPresent();
    }

    @Override
    public Optional<AcceptedUserKey> check(OfferedUserKey offered) throws GeneralSecurityException {
        return accept(offered, keys.find(offered.user(), key(offered)));
    }

    @Override
    public Optional<AcceptedUserKey> recall(OfferedUserKey offered) throws GeneralSecurityException {
        return accept(offered, keys.recall(offered.user(), key(offered)));
    }

    /** The key that was offered, of the type that its algorithm says. */
    static SshPublicKey key(OfferedUserKey offered) throws SshFormatException {
        SshPublicKey key = SshPublicKey.parse(offered.blob().toByteArray());
        if (!keyType(offered.algorithm()).equals(Optional.of(key.type()))) {
            throw new SshFormatException("The key is of type " + key.type().wireName() + ", which does not sign with "
                    + offered.algorithm());
        }
        return key;
    }

    private static Optional<AcceptedUserKey> accept(OfferedUserKey offered, Optional<AuthorizedKey> found) {
        return found.filter(entry -> !entry.isCertificateAuthority())
                .map(entry -> new AcceptedUserKey(
                        entry.key(),
                        entry.key().fingerprint(),
                        entry.restrictions(),
                        UserSignature.by(entry.key(), offered.algorithm(), entry.restrictions()),
                        found));
    }

    private static Optional<SshKeyType> keyType(String algorithm) {
        return SshKeyType.byWireName(algorithm)
                .filter(SshKeyType::isSecurityKey)
                .or(() -> SshSignatureAlgorithm.byWireName(algorithm).map(SshSignatureAlgorithm::keyType));
    }
}

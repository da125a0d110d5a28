package org.symbolon.ssh.publickey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;

/** Authorized keys in memory. */
final class MemoryKeys implements AuthorizedKeys {
    private final List<AuthorizedKey> keys = new ArrayList<>();
    private boolean answering = true;

    void answering(boolean answers) {
        answering = answers;
    }

    @Override
    public Optional<AuthorizedKey> find(String user, SshPublicKey offered) throws TokenException {
        return list(user).stream()
                .filter(key -> key.key().equals(offered) && !key.isCertificateAuthority())
                .findFirst();
    }

    @Override
    public Optional<AuthorizedKey> findAuthority(String user, SshPublicKey signer) throws TokenException {
        return list(user).stream()
                .filter(key -> key.key().equals(signer) && key.isCertificateAuthority())
                .findFirst();
    }

    @Override
    public List<AuthorizedKey> list(String user) throws TokenException {
        if (!answering) {
            throw new TokenUnavailableException(Status.ckr("CKR_DEVICE_REMOVED"), "the test pulled it out");
        }
        return keys.stream().filter(key -> key.user().equals(user)).toList();
    }

    @Override
    public AuthorizedKey add(String user, SshPublicKey key, AuthorizedKeyOptions options, String comment)
            throws TokenException {
        remove(user, key);
        TokenObject object = TokenObject.of(
                new ObjectId.Unique("TEST", Integer.toString(keys.size())),
                Attributes.none().with(Attribute.CLASS, ObjectClass.PUBLIC_KEY),
                true);
        AuthorizedKey added = new AuthorizedKey(user, key, options, comment, object);
        keys.add(added);
        return added;
    }

    @Override
    public boolean remove(String user, SshPublicKey key) throws TokenException {
        return keys.removeAll(
                list(user).stream().filter(each -> each.key().equals(key)).toList());
    }
}

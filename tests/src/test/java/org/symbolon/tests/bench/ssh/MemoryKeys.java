package org.symbolon.tests.bench.ssh;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.TokenObject;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;

/** A list in memory: what everything else is measured against. One key a user. */
final class MemoryKeys implements AuthorizedKeys {
    private static final TokenObject NOWHERE = TokenObject.of(
            new ObjectId.Unique("memory", "none"), Attributes.none().with(Attribute.CLASS, ObjectClass.DATA), true);

    private final Map<String, AuthorizedKey> keys = new ConcurrentHashMap<>();

    @Override
    public Optional<AuthorizedKey> find(String user, SshPublicKey offered) {
        return Optional.ofNullable(keys.get(user)).filter(known -> known.key().equals(offered));
    }

    @Override
    public List<AuthorizedKey> list(String user) {
        return Optional.ofNullable(keys.get(user)).map(List::of).orElse(List.of());
    }

    @Override
    public AuthorizedKey add(String user, SshPublicKey key, AuthorizedKeyOptions options, String comment) {
        AuthorizedKey added = new AuthorizedKey(user, key, options, comment, NOWHERE);
        keys.put(user, added);
        return added;
    }

    @Override
    public boolean remove(String user, SshPublicKey key) {
        return keys.remove(user) != null;
    }
}

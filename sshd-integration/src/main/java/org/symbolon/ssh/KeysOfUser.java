package org.symbolon.ssh;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbolon.TokenObject;

/**
 * What the objects of a token say of one user's keys, put together: each key once, with the stricter of everything that is said
 * of it. A key of which one object cannot be read is refused, whatever the others say.
 */
final class KeysOfUser {
    private final String user;
    private final Map<SshPublicKey, AuthorizedKey> logins = new LinkedHashMap<>();
    private final Map<SshPublicKey, AuthorizedKey> authorities = new LinkedHashMap<>();
    private final Set<String> refused = new HashSet<>();

    KeysOfUser(String user) {
        this.user = user;
    }

    void add(SshPublicKey key, AuthorizedKeyOptions options, String comment, TokenObject object) {
        AuthorizedKey said = new AuthorizedKey(user, key, options, comment, object);
        (options.certificateAuthority() ? authorities : logins).merge(key, said, this::both);
    }

    /** Refuses a key of which something cannot be read. */
    void refuse(String fingerprint) {
        refused.add(fingerprint);
    }

    /** Whether nothing was said. */
    boolean isEmpty() {
        return logins.isEmpty() && authorities.isEmpty() && refused.isEmpty();
    }

    Optional<AuthorizedKey> login(SshPublicKey key) {
        return Optional.ofNullable(logins.get(key)).filter(this::isReadable);
    }

    Optional<AuthorizedKey> authority(SshPublicKey key) {
        return Optional.ofNullable(authorities.get(key)).filter(this::isReadable);
    }

    List<AuthorizedKey> all() {
        List<AuthorizedKey> all = new ArrayList<>(logins.values());
        all.addAll(authorities.values());
        all.removeIf(key -> !isReadable(key));
        return all;
    }

    private boolean isReadable(AuthorizedKey key) {
        return refused.isEmpty() || !refused.contains(key.key().fingerprint());
    }

    private AuthorizedKey both(AuthorizedKey one, AuthorizedKey other) {
        List<String> principals = new ArrayList<>(one.principals());
        principals.retainAll(other.principals());
        if (principals.isEmpty() && !one.principals().equals(other.principals())) {
            refuse(one.key().fingerprint());
        }
        return new AuthorizedKey(
                user,
                one.key(),
                new AuthorizedKeyOptions(
                        one.restrictions().and(other.restrictions()), one.isCertificateAuthority(), principals),
                one.comment().isEmpty() ? other.comment() : one.comment(),
                one.object());
    }
}

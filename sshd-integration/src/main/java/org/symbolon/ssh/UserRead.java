package org.symbolon.ssh;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbolon.ObjectId;

/** The keys of one user as a store gave them at some moment. Immutable. */
final class UserRead {
    private final Map<SshPublicKey, AuthorizedKey> logins = new HashMap<>();
    private final Map<SshPublicKey, AuthorizedKey> authorities = new HashMap<>();
    private final long nanos;
    private final long changes;

    /**
     * @param keys the keys
     * @param nanos when it was asked for
     * @param changes how many changes had been heard of then
     */
    UserRead(List<AuthorizedKey> keys, long nanos, long changes) {
        keys.forEach(key -> (key.isCertificateAuthority() ? authorities : logins).put(key.key(), key));
        this.nanos = nanos;
        this.changes = changes;
    }

    Optional<AuthorizedKey> login(SshPublicKey key) {
        return Optional.ofNullable(logins.get(key));
    }

    Optional<AuthorizedKey> authority(SshPublicKey key) {
        return Optional.ofNullable(authorities.get(key));
    }

    int size() {
        return logins.size() + authorities.size();
    }

    /** Whether one of the keys comes from an object. */
    boolean isOf(ObjectId object) {
        return logins.values().stream().anyMatch(key -> key.object().id().equals(object))
                || authorities.values().stream()
                        .anyMatch(key -> key.object().id().equals(object));
    }

    boolean isYoungerThan(long ageNanos, long now) {
        return now - nanos < ageNanos;
    }

    boolean isUpToDate(long changesByNow) {
        return changes == changesByNow;
    }
}

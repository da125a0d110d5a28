package org.symbolon;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.spi.Request;

/**
 * Finds keys again that have got a new unique id, as when a token was restored from a backup: by class, id and label, and
 * only if the public part is the same. Remembers what it found. Thread-safe.
 */
final class SameKeys {
    private static final int MAX_CANDIDATES = 16;
    private static final int MAX_REMEMBERED = 10_000;
    private static final Set<Attribute<?>> PUBLIC_PARTS =
            Set.of(Attribute.PUBLIC_KEY_INFO, Attribute.MODULUS, Attribute.EC_POINT);

    private final Map<ObjectId, KeyObject> found = new ConcurrentHashMap<>();

    /** A way to ask the token. */
    @FunctionalInterface
    interface Token {
        ObjectCursor find(Request.Find request) throws TokenException;
    }

    /** Returns the request with the key's new name, if it is known to have one. */
    <R> Request<R> renamed(Request<R> request) {
        if (found.isEmpty() || !(request instanceof Request.WithKey<R> withKey)) {
            return request;
        }
        KeyObject now = found.get(withKey.key().id());
        return now == null ? request : withKey.withKey(now);
    }

    /** Returns the request with the key as it was found again; empty if there is none that is the same for certain. */
    <R> Optional<Request<R>> findAgain(Request<R> request, Token token) throws TokenException {
        if (!(request instanceof Request.WithKey<R> withKey)) {
            return Optional.empty();
        }
        KeyObject lost = withKey.key();
        boolean named = !lost.label().isEmpty() || !lost.keyId().isEmpty();
        if (!named || !lost.attributes().isTrue(Attribute.TOKEN)) {
            return Optional.empty();
        }
        ObjectQuery query = ObjectQuery.of(lost.objectClass())
                .label(lost.label())
                .id(lost.keyId())
                .with(Attribute.TOKEN, true);
        try (ObjectCursor cursor = token.find(new Request.Find(query, StandardAttributes.OF_EVERY_OBJECT))) {
            List<KeyObject> same = cursor.next(MAX_CANDIDATES).stream()
                    .filter(KeyObject.class::isInstance)
                    .map(KeyObject.class::cast)
                    .filter(candidate -> isSame(lost, candidate))
                    .toList();
            if (same.size() != 1) {
                return Optional.empty();
            }
            remember(lost.id(), same.get(0));
            return Optional.of(withKey.withKey(same.get(0)));
        }
    }

    private void remember(ObjectId lost, KeyObject now) {
        if (found.size() >= MAX_REMEMBERED) {
            found.clear();
        }
        found.put(lost, now);
    }

    /** A key is the same if some public part of both is known, and every one that is known of both is equal. */
    private static boolean isSame(KeyObject lost, KeyObject candidate) {
        if (lost.id().equals(candidate.id())) {
            return false;
        }
        List<Attribute<?>> known = PUBLIC_PARTS.stream()
                .filter(part ->
                        lost.attributes().has(part) && candidate.attributes().has(part))
                .toList();
        return !known.isEmpty()
                && known.stream()
                        .allMatch(part -> Objects.equals(
                                lost.attributes().find(part),
                                candidate.attributes().find(part)));
    }
}

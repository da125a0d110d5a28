package org.symbolon.ssh.agent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Bytes;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.TokenSshKeys;

/** The keys of an agent at a time. Immutable. */
final class KeyringSnapshot {
    private final List<Part> parts;
    private final Map<Bytes, HeldKey> keys = new LinkedHashMap<>();
    private final Map<Bytes, HeldKey> byBlob = new HashMap<>();

    /**
     * The keys of a token.
     *
     * @param source where they are
     * @param read what they were
     * @param constraints what they are given with
     */
    record Part(TokenSshKeys source, List<TokenSshKey> read, KeyConstraints constraints) {
        static Part of(TokenSshKeys source, KeyConstraints constraints) {
            return new Part(source, source.keys(), constraints);
        }

        boolean isFresh() {
            return source.keys().equals(read); // the same list until the token changes
        }
    }

    /**
     * Takes keys together; of those that are there twice the first is taken.
     *
     * @param parts of tokens
     * @param added those that clients handed over
     * @param hidden the blobs of keys that are not shown
     * @param form makes a key of a token's
     */
    KeyringSnapshot(List<Part> parts, List<HeldKey> added, Set<Bytes> hidden, Form form) {
        this.parts = List.copyOf(parts);
        Set<Bytes> unseen = new HashSet<>(hidden);
        for (Part part : parts) {
            for (TokenSshKey key : part.read()) {
                Bytes blob = Bytes.wrap(key.publicKey().blob());
                if (!unseen.contains(blob)) {
                    keys.putIfAbsent(blob, form.of(key, part.constraints()));
                }
            }
        }
        added.forEach(key -> keys.putIfAbsent(Bytes.wrap(key.publicKey().blob()), key));
        byBlob.putAll(keys);
        keys.values()
                .forEach(key ->
                        key.certificates().forEach(certificate -> byBlob.put(Bytes.wrap(certificate.blob()), key)));
    }

    /** Makes a key of an agent of a token's. */
    @FunctionalInterface
    interface Form {
        HeldKey of(TokenSshKey key, KeyConstraints constraints);
    }

    boolean isFresh() {
        return parts.stream().allMatch(Part::isFresh);
    }

    /** Returns the keys in the order in which they are listed. */
    List<HeldKey> keys() {
        return List.copyOf(keys.values());
    }

    /** Finds a key by its blob or that of a certificate. */
    Optional<HeldKey> find(Bytes blob) {
        return Optional.ofNullable(byBlob.get(blob));
    }
}

package org.symbolon.ssh.agent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * All keys of an agent: those of the tokens it serves, of tokens that clients opened, and those that clients handed over. What it
 * holds is looked up in memory; no lock is held while a token is asked. Thread-safe.
 */
final class Keyring implements AutoCloseable {
    private final TokenSigner signer;
    private final AgentKeyPolicies policies;
    private final List<SshCertificate> certificates;
    private final List<TokenSshKeys> served;
    private final KeyConstraints defaults;
    private final Map<String, OpenedToken> opened = new LinkedHashMap<>();
    private final Map<Bytes, AddedEntry> added = new LinkedHashMap<>();
    private final Set<Bytes> hidden = new HashSet<>();
    private final ReentrantLock changing = new ReentrantLock();
    private volatile @Nullable KeyringSnapshot snapshot;

    /** A key that was handed over, and when it goes. */
    private record AddedEntry(HeldKey key, Expiry expiry) {}

    /**
     * Makes a keyring.
     *
     * @param signer what signs with keys of tokens
     * @param policies what keys may be used for
     * @param certificates of keys, whichever they are
     * @param served the keys of tokens that are served from the beginning; closed with this
     * @param defaults what those keys are given with
     */
    Keyring(
            TokenSigner signer,
            AgentKeyPolicies policies,
            List<SshCertificate> certificates,
            List<TokenSshKeys> served,
            KeyConstraints defaults) {
        this.signer = signer;
        this.policies = policies;
        this.certificates = List.copyOf(certificates);
        this.served = List.copyOf(served);
        this.defaults = defaults;
    }

    List<HeldKey> keys() {
        return current().keys();
    }

    Optional<HeldKey> find(Bytes blob) {
        return current().find(blob);
    }

    private KeyringSnapshot current() {
        KeyringSnapshot known = snapshot;
        return known != null && known.isFresh() ? known : locked(this::take);
    }

    /** Looks at everything anew, under the lock. */
    private KeyringSnapshot take() {
        List<KeyringSnapshot.Part> parts = Stream.concat(
                        served.stream().map(keys -> KeyringSnapshot.Part.of(keys, defaults)),
                        opened.values().stream()
                                .map(token -> KeyringSnapshot.Part.of(token.keys(), token.constraints())))
                .toList();
        List<HeldKey> others = added.values().stream().map(AddedEntry::key).toList();
        KeyringSnapshot fresh = new KeyringSnapshot(parts, others, hidden, this::held);
        snapshot = fresh;
        return fresh;
    }

    private HeldKey held(TokenSshKey key, KeyConstraints constraints) {
        SshPublicKey open = key.publicKey();
        String label = key.object().label();
        List<SshCertificate> all = Stream.of(certificates, constraints.certificates())
                .flatMap(List::stream)
                .toList();
        return new HeldKey(
                open,
                label,
                key.withCertificates(all).certificates(),
                policies.of(open, label),
                constraints,
                (algorithm, data) -> signer.sign(key.privateKey(), algorithm, data));
    }

    // ---- changing it

    void add(AddedKey key, KeyConstraints constraints) {
        changed(() -> {
            Bytes id = Bytes.wrap(key.publicKey().blob());
            List<SshCertificate> shown =
                    new ArrayList<>(key.certificate().stream().toList());
            AddedEntry before = added.get(id);
            if (before != null) { // ssh-add sends the key, and then the same with its certificate
                shown.addAll(before.key().certificates().stream()
                        .filter(each -> !shown.contains(each))
                        .toList());
            }
            HeldKey held = new HeldKey(
                    key.publicKey(),
                    key.comment(),
                    shown,
                    policies.of(key.publicKey(), key.comment()),
                    constraints,
                    new MemoryKeySigner(key.pair().getPrivate()));
            return added.put(id, new AddedEntry(held, Expiry.after(constraints.lifetime())));
        });
    }

    /** Takes a token in; its keys are shown again if they were taken away. */
    void add(String id, OpenedToken token) {
        Optional<OpenedToken> before = changed(() -> {
            token.keys()
                    .keys()
                    .forEach(key -> hidden.remove(Bytes.wrap(key.publicKey().blob())));
            return Optional.ofNullable(opened.put(id, token));
        });
        before.ifPresent(OpenedToken::close);
    }

    /** Closes a token that a client opened; returns whether there was one. */
    boolean removeToken(String id) {
        Optional<OpenedToken> gone = changed(() -> Optional.ofNullable(opened.remove(id)));
        gone.ifPresent(OpenedToken::close);
        return gone.isPresent();
    }

    /** Forgets a key that was handed over, and shows one of a token no more. Nothing happens to the token. */
    boolean remove(Bytes blob) {
        Optional<HeldKey> key = find(blob);
        return key.isPresent()
                && changed(() -> {
                    Bytes id = Bytes.wrap(key.get().publicKey().blob());
                    return added.remove(id) != null || hidden.add(id);
                });
    }

    void removeAll() {
        List<HeldKey> all = keys();
        List<OpenedToken> gone = changed(() -> {
            List<OpenedToken> tokens = List.copyOf(opened.values());
            opened.clear();
            added.clear();
            all.forEach(key -> hidden.add(Bytes.wrap(key.publicKey().blob())));
            return tokens;
        });
        gone.forEach(OpenedToken::close);
    }

    /** Lets go what has outlived its lifetime. */
    void expire(long now) {
        boolean due = locked(() -> added.values().stream()
                        .anyMatch(entry -> entry.expiry().isOver(now))
                || opened.values().stream().anyMatch(token -> token.expiry().isOver(now)));
        if (!due) {
            return;
        }
        List<OpenedToken> gone = changed(() -> {
            added.values().removeIf(entry -> entry.expiry().isOver(now));
            List<OpenedToken> over = opened.values().stream()
                    .filter(token -> token.expiry().isOver(now))
                    .toList();
            opened.values().removeAll(over);
            return over;
        });
        gone.forEach(OpenedToken::close);
    }

    private <T> T changed(Supplier<T> change) {
        return locked(() -> {
            T result = change.get();
            snapshot = null;
            return result;
        });
    }

    private <T> T locked(Supplier<T> work) {
        changing.lock();
        try {
            return work.get();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void close() {
        removeAll();
        served.forEach(TokenSshKeys::close);
    }
}

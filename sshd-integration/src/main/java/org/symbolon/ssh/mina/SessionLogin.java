package org.symbolon.ssh.mina;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.jspecify.annotations.Nullable;
import org.symbolon.ssh.LoginRestrictions;

/** The keys with which a session's user has signed, and what that allows. Thread-safe. */
final class SessionLogin {
    private static final AttributeKey<SessionLogin> LOGIN = new AttributeKey<>();

    private final List<Proof> proofs = new CopyOnWriteArrayList<>();
    private volatile @Nullable Probe probe;

    /** A key that has signed. */
    record Proof(OfferedUserKey offered, AcceptedUserKey accepted) {}

    /** The answer to the last probe that was accepted. */
    private record Probe(OfferedUserKey offered, AcceptedUserKey accepted, long nanoTime) {}

    private SessionLogin() {}

    /** The login of a session, to be filled. */
    static SessionLogin of(Session session) {
        return session.computeAttributeIfAbsent(LOGIN, key -> new SessionLogin());
    }

    /** What a session may do: the stricter where several keys logged in, everything where none did. */
    static LoginRestrictions restrictions(Session session) {
        SessionLogin login = session.getAttribute(LOGIN);
        return login == null ? LoginRestrictions.UNRESTRICTED : login.restrictions();
    }

    LoginRestrictions restrictions() {
        LoginRestrictions all = LoginRestrictions.UNRESTRICTED;
        for (Proof proof : proofs) {
            all = proof.accepted().restrictions().and(all);
        }
        return all;
    }

    /** Whether a key has been used in this login, so that it is no second factor. */
    boolean hasUsed(AcceptedUserKey accepted) {
        return proofs.stream().anyMatch(proof -> proof.accepted().key().equals(accepted.key()));
    }

    void signed(OfferedUserKey offered, AcceptedUserKey accepted) {
        proofs.add(new Proof(offered, accepted));
        probe = null;
    }

    /** The proofs so far. */
    List<Proof> proofs() {
        return List.copyOf(proofs);
    }

    /** Takes what a key may do now in place of what it could. */
    void replace(Proof old, AcceptedUserKey now) {
        proofs.replaceAll(proof -> proof.equals(old) ? new Proof(proof.offered(), now) : proof);
    }

    void probed(OfferedUserKey offered, AcceptedUserKey accepted) {
        probe = new Probe(offered, accepted, System.nanoTime());
    }

    /** What the probe for the same key was answered, if that is no longer ago than this. */
    Optional<AcceptedUserKey> answered(OfferedUserKey offered, long nanos) {
        Probe last = probe;
        return last != null && last.offered().isSameAs(offered) && System.nanoTime() - last.nanoTime() < nanos
                ? Optional.of(last.accepted())
                : Optional.empty();
    }
}

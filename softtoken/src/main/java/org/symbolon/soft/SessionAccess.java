package org.symbolon.soft;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.symbolon.AmbiguousObjectException;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Deadline;
import org.symbolon.ObjectId;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Role;
import org.symbolon.SessionInfo;
import org.symbolon.StandardAttributes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenPermissionException;
import org.symbolon.soft.engine.LoadedKey;
import org.symbolon.soft.object.Hardening;

/**
 * What a session may see, use and write (PKCS #11 v3.2 section 5.6's access matrix).
 *
 * @param info what the session is
 * @param token its token
 * @param view the token's objects as it sees them
 * @param scope its session objects
 * @param unlocked the token's keys, if it is logged in
 * @param cache the keys that it used last
 * @param opened what its PIN opened, if it is logged in
 * @param settings the module's settings
 * @param hardening what the token refuses beyond the standard, as its policy said when the session began
 */
record SessionAccess(
        SessionInfo info,
        OpenToken token,
        ObjectView view,
        SessionScope scope,
        @Nullable Unlocked unlocked,
        KeyCache cache,
        @Nullable Opened opened,
        SoftSettings settings,
        Hardening hardening) {

    String serial() {
        return info.token().serialNumber();
    }

    boolean isOfficer() {
        return info.role() == Role.SECURITY_OFFICER;
    }

    /** Returns what tries PINs of this token. */
    PinGate gate() {
        return new PinGate(token, settings);
    }

    /** Returns an object that this session sees; whoever asked wipes it. */
    StoredObject require(TokenObject object, Deadline deadline) throws TokenException {
        UUID uid = uid(object, "CKR_OBJECT_HANDLE_INVALID", deadline);
        Optional<StoredObject> session = scope.find(uid, view.seesPrivate());
        if (session.isPresent()) {
            return session.get();
        }
        return token.database()
                .read(deadline, view.foresee(uid), sql -> view.find(sql, uid))
                .orElseThrow(() -> notFound("CKR_OBJECT_HANDLE_INVALID"));
    }

    /** Returns a key, entered: whoever uses it leaves it. If there is none, the status is this. */
    LoadedKey enter(TokenObject key, String missing, Deadline deadline) throws TokenException {
        LoadedKey known = key.id() instanceof ObjectId.Unique unique
                        && unique.tokenSerial().equals(serial())
                ? cache.enter(unique.uniqueId())
                : null;
        return known != null ? known : load(uid(key, missing, deadline), missing, deadline);
    }

    private LoadedKey load(UUID uid, String missing, Deadline deadline) throws TokenException {
        Optional<LoadedKey> session = scope.enter(uid, view.seesPrivate(), settings.engine());
        if (session.isPresent()) {
            return session.get();
        }
        long generation = cache.generation();
        StoredObject stored = token.database()
                .read(deadline, view.foresee(uid), sql -> view.find(sql, uid))
                .orElseThrow(() -> notFound(missing));
        LoadedKey loaded = new LoadedKey(stored.attributes(), stored.verified(), settings.engine());
        if (!loaded.enter()) {
            throw new AssertionError("a new key is open");
        }
        cache.keep(uid.toString(), loaded, generation);
        return loaded;
    }

    /** Returns whether an object is named as one of this token, and is none of the session's. */
    boolean isOnToken(TokenObject object) {
        return object.id() instanceof ObjectId.Unique unique
                && unique.tokenSerial().equals(serial())
                && StoredObject.parseUid(unique.uniqueId())
                        .filter(uid -> !scope.has(uid))
                        .isPresent();
    }

    /** Returns what the database knows an object by. */
    UUID uid(TokenObject object, Deadline deadline) throws TokenException {
        return uid(object, "CKR_OBJECT_HANDLE_INVALID", deadline);
    }

    private UUID uid(TokenObject object, String status, Deadline deadline) throws TokenException {
        if (!object.id().tokenSerial().equals(serial())) {
            throw new ObjectNotFoundException(
                    Status.ckr(status), "the object is of token " + object.id().tokenSerial() + ", not of this one");
        }
        if (object.id() instanceof ObjectId.Unique unique) {
            return StoredObject.parseUid(unique.uniqueId()).orElseThrow(() -> notFound(status));
        }
        List<TokenObject> found;
        try (SoftCursor cursor = new SoftCursor(
                view,
                serial(),
                object.id().toQuery().limit(2),
                StandardAttributes.OF_EVERY_OBJECT,
                List.of(),
                deadline.remaining())) {
            found = cursor.next(2);
        }
        if (found.size() > 1) {
            throw new AmbiguousObjectException(Status.ckr(status), "several objects are " + object.id());
        }
        return found.stream()
                .findFirst()
                .flatMap(only -> StoredObject.parseUid(((ObjectId.Unique) only.id()).uniqueId()))
                .orElseThrow(() -> notFound(status));
    }

    private static ObjectNotFoundException notFound(String status) {
        return new ObjectNotFoundException(
                Status.ckr(status), "there is no such object, or this session may not see it");
    }

    /** Refuses an object that this session may not write. */
    void requireWritable(Attributes object) throws TokenException {
        if (object.isTrue(Attribute.TOKEN) && info.readOnly()) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_SESSION_READ_ONLY"), "a read-only session writes no token objects");
        }
        if (object.isTrue(Attribute.PRIVATE) && info.role() != Role.USER) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"), "private objects are the user's: log in as the user");
        }
        if (object.isTrue(Attribute.TOKEN)) {
            requireUnlocked();
        }
    }

    /** Changes objects of the token in one transaction, during which the token's keys stay open. */
    <T> T write(Deadline deadline, ObjectWriter.Work<T> work) throws TokenException {
        Unlocked keys = requireUnlocked();
        keys.enter();
        try {
            Written<T> written = token.database().write(deadline, token.slot(), sql -> {
                ObjectWriter writer = new ObjectWriter(view, keys, sql);
                T result = work.run(sql, writer);
                return new Written<>(result, writer.commit());
            });
            Anchoring.committed(settings, keys.uuid(), written.epoch);
            return written.result;
        } finally {
            keys.leave();
        }
    }

    /** Refuses a key from outside that the token has already, and there with less. */
    void requireNoTwin(Attributes key, Deadline deadline) throws TokenException {
        boolean fromOutside = key.find(Attribute.SENSITIVE).isPresent();
        if (hardening == Hardening.COMPAT || !fromOutside || unlocked == null) {
            return;
        }
        List<StoredObject> twins = token.database().read(deadline, sql -> view.twins(sql, key));
        try {
            for (StoredObject twin : twins) {
                hardening.requireNotWider(key, twin.attributes());
            }
        } finally {
            twins.forEach(StoredObject::wipe);
        }
    }

    /** What a write did, and the token's epoch after it. */
    private record Written<T>(T result, long epoch) {}

    /** Returns what the security officer's PIN opened. */
    Opened requireOfficer() {
        if (opened == null || !isOfficer()) {
            throw new AssertionError("it was checked that this is the security officer");
        }
        return opened;
    }

    /** Returns the token's keys. */
    Unlocked requireUnlocked() throws TokenException {
        if (unlocked == null && opened != null) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"),
                    "this token's security officer cannot decrypt and writes no objects: log in as the user");
        }
        if (unlocked == null) {
            throw new TokenPermissionException(
                    Status.ckr("CKR_USER_NOT_LOGGED_IN"),
                    "token objects are written by who is logged in, since the token signs what it holds");
        }
        return unlocked;
    }
}

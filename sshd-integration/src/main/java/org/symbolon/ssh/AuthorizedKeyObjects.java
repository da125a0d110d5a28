package org.symbolon.ssh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.DataObject;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.Outcome;
import org.symbolon.PublicKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.key.PublicKeys;
import org.symbolon.spi.Request;
import org.symbolon.ssh.TokenAuthorizedKeys.Lookup;

/** Finds the objects of a token that say which keys users have, and reads them. Thread-safe. */
final class AuthorizedKeyObjects {
    private static final Logger LOG = LoggerFactory.getLogger(TokenAuthorizedKeys.class);
    private static final Set<Attribute<?>> READ = Set.of(
            Attribute.UNIQUE_ID,
            Attribute.ID,
            Attribute.TOKEN,
            Attribute.PRIVATE,
            Attribute.KEY_TYPE,
            Attribute.PUBLIC_KEY_INFO,
            Attribute.MODULUS,
            Attribute.PUBLIC_EXPONENT,
            Attribute.EC_PARAMS,
            Attribute.EC_POINT);
    private static final int STEP = 64;
    /** Objects of the same label and id: one, unless somebody added the key twice at the same moment. */
    private static final int MAX_DUPLICATES = 16;

    private final Session session;
    private final Lookup lookup;
    private final int maxKeysPerUser;

    AuthorizedKeyObjects(Session session, Lookup lookup, int maxKeysPerUser) {
        this.session = session;
        this.lookup = lookup;
        this.maxKeysPerUser = maxKeysPerUser;
    }

    /** Everything that the token says of a user. */
    KeysOfUser all(String user, String name) throws TokenException {
        KeysOfUser keys = new KeysOfUser(user);
        for (TokenObject object : read(byLabel(name), AuthorizedKeyEntry.ofUser(name), maxKeysPerUser)) {
            add(object, keys);
        }
        return keys;
    }

    /** Adds what an object says, of whichever key. */
    void add(TokenObject object, KeysOfUser keys) {
        if (object instanceof PublicKeyObject plain && vouchedFor(plain)) {
            ownKey(plain).ifPresent(key -> keys.add(key, AuthorizedKeyOptions.NONE, "", plain));
        } else if (object instanceof DataObject entry) {
            addEntry(entry, keys);
        }
    }

    /** The key of a public key object, if its user may log in with it. */
    private Optional<SshPublicKey> ownKey(PublicKeyObject plain) {
        return keyOf(plain).filter(key -> isOurs(plain, key));
    }

    /** The fingerprint of the key that an object is about, whether it can be read or not; empty if it lets nobody in. */
    Optional<String> fingerprint(TokenObject object) {
        return object instanceof PublicKeyObject plain
                ? ownKey(plain).map(SshPublicKey::fingerprint)
                : Optional.of(object)
                        .filter(DataObject.class::isInstance)
                        .map(DataObject.class::cast)
                        .map(AuthorizedKeyEntry::fingerprint);
    }

    /** The key that an object is about; empty if it lets nobody in or cannot be read. */
    Optional<SshPublicKey> key(TokenObject object) {
        if (object instanceof PublicKeyObject plain) {
            return ownKey(plain);
        }
        if (!(object instanceof DataObject entry)) {
            return Optional.empty();
        }
        try {
            return Optional.of(line(entry).key());
        } catch (SshFormatException e) {
            unreadable(entry, e);
            return Optional.empty();
        }
    }

    private static AuthorizedKeysLine line(DataObject entry) throws SshFormatException {
        AuthorizedKeysLine line = AuthorizedKeyEntry.read(entry);
        if (!line.key().fingerprint().equals(AuthorizedKeyEntry.fingerprint(entry))) {
            throw new SshFormatException("its line has another key");
        }
        return line;
    }

    /** Walks everything that the token says of a user. */
    <X extends Exception> void walk(String name, ObjectVisitor<X> visitor) throws TokenException, X {
        walk(byLabel(name), READ, visitor);
        walk(AuthorizedKeyEntry.ofUser(name), AuthorizedKeyEntry.READ, visitor);
    }

    /** Gets objects. */
    @FunctionalInterface
    interface ObjectVisitor<X extends Exception> {
        void visit(TokenObject object) throws TokenException, X;
    }

    private <X extends Exception> void walk(ObjectQuery query, Set<Attribute<?>> wanted, ObjectVisitor<X> visitor)
            throws TokenException, X {
        try (ObjectCursor cursor = session.find(query, wanted)) {
            for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
                for (TokenObject object : part) {
                    visitor.visit(object);
                }
            }
        }
    }

    /** Everything that the token says of one key of a user. */
    KeysOfUser about(String user, String name, SshPublicKey key) throws TokenException {
        KeysOfUser keys = new KeysOfUser(user);
        for (TokenObject object : candidates(name, key)) {
            if (object instanceof PublicKeyObject plain && holds(plain, key) && vouchedFor(plain)) {
                keys.add(key, AuthorizedKeyOptions.NONE, "", plain);
            } else if (object instanceof DataObject entry) {
                addEntry(entry, keys);
            }
        }
        return keys;
    }

    private static void addEntry(DataObject entry, KeysOfUser keys) {
        if (!vouchedFor(entry)) {
            keys.refuse(AuthorizedKeyEntry.fingerprint(entry));
            return;
        }
        try {
            AuthorizedKeysLine line = line(entry);
            keys.add(line.key(), line.meaning(), line.comment(), entry);
        } catch (SshFormatException e) {
            unreadable(entry, e);
            keys.refuse(AuthorizedKeyEntry.fingerprint(entry));
        }
    }

    /** The objects of one key of a user, whether they let anyone in or not. */
    List<TokenObject> ofKey(String name, SshPublicKey key) throws TokenException {
        List<TokenObject> objects = new ArrayList<>();
        for (TokenObject object : candidates(name, key)) {
            if (lookup == Lookup.BY_ID || !(object instanceof PublicKeyObject plain) || holds(plain, key)) {
                objects.add(object);
            }
        }
        return objects;
    }

    private List<TokenObject> candidates(String name, SshPublicKey key) throws TokenException {
        ObjectQuery keys = switch (lookup) {
            case BY_ID -> byLabel(name).id(Bytes.wrap(key.id()));
            case BY_KEY -> byKey(name, key);
            case BY_LABEL -> byLabel(name);
        };
        return read(
                keys, AuthorizedKeyEntry.ofKey(name, key), lookup == Lookup.BY_LABEL ? maxKeysPerUser : MAX_DUPLICATES);
    }

    private static ObjectQuery byLabel(String name) {
        return ObjectQuery.publicKeys().label(name);
    }

    /** A query for the material itself; FIDO keys, which are no public key objects, are asked for by an id that nothing has. */
    private static ObjectQuery byKey(String name, SshPublicKey key) {
        ObjectQuery query = byLabel(name);
        if (key.type().isSecurityKey()) {
            return query.id(Bytes.wrap(key.id()));
        }
        Attributes material = plain(key).attributes();
        Optional<Bytes> modulus = material.find(Attribute.MODULUS);
        return modulus.isPresent()
                ? query.with(Attribute.MODULUS, modulus.get())
                : query.with(Attribute.EC_POINT, material.get(Attribute.EC_POINT));
    }

    /** Reads what matches either query, in one flight where the token can: so that each takes as long, found or not. */
    private List<TokenObject> read(ObjectQuery keys, ObjectQuery entries, int max) throws TokenException {
        List<Outcome<?>> both = session.performAll(List.of(
                new Request.Find(keys.limit(max + 1L), READ),
                new Request.Find(entries.limit(max + 1L), AuthorizedKeyEntry.READ)));
        List<TokenObject> found = new ArrayList<>();
        // the second cursor is closed even though the first find failed
        try (@Nullable ObjectCursor second = (ObjectCursor) both.get(1).result();
                ObjectCursor first = (ObjectCursor) both.get(0).get()) {
            read(first, max, keys, found);
            read(second == null ? (ObjectCursor) both.get(1).get() : second, max, entries, found);
        }
        return found;
    }

    private static void read(ObjectCursor cursor, int max, ObjectQuery query, List<TokenObject> found)
            throws TokenException {
        int count = 0;
        for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
            for (TokenObject object : part) {
                if (count++ == max) {
                    LOG.warn("More than {} authorized keys match {}: the others are ignored", max, query.attributes());
                    return;
                }
                found.add(object);
            }
        }
    }

    private boolean isOurs(PublicKeyObject object, SshPublicKey key) {
        return lookup != Lookup.BY_ID || Arrays.equals(object.keyId().toByteArray(), key.id());
    }

    static boolean holds(PublicKeyObject object, SshPublicKey offered) {
        try {
            Optional<Bytes> info = PublicKeys.subjectPublicKeyInfo(object.attributes());
            return info.isPresent()
                    && Arrays.equals(SubjectPublicKeyInfo.toBlob(info.get().toByteArray()), offered.blob());
        } catch (SshFormatException | IllegalArgumentException e) {
            return unreadable(object, e);
        }
    }

    private static Optional<SshPublicKey> keyOf(PublicKeyObject object) {
        try {
            Optional<Bytes> info = PublicKeys.subjectPublicKeyInfo(object.attributes());
            return info.isPresent()
                    ? Optional.of(
                            SshPublicKey.parseSubjectPublicKeyInfo(info.get().toByteArray()))
                    : Optional.empty();
        } catch (SshFormatException | IllegalArgumentException e) {
            unreadable(object, e);
            return Optional.empty();
        }
    }

    private static boolean unreadable(TokenObject object, Exception reason) {
        LOG.warn("Authorized key {} is ignored: {}", object.describe(), reason.getMessage());
        return false;
    }

    static boolean vouchedFor(TokenObject object) {
        boolean onToken = object.attributes().find(Attribute.TOKEN).orElse(true);
        if (onToken && object.verified()) {
            return true;
        }
        LOG.warn(
                "Authorized key {} (object {}) is refused: {}",
                object.describe(),
                object.id(),
                onToken
                        ? "the token does not vouch for it; log the session in, or pin the token's signing key"
                        : "it is a session object");
        return false;
    }

    /** The object of a plain key, without label and id. */
    static Template plain(SshPublicKey key) {
        try {
            return PublicKeys.template(SshPublicKey.parse(key.blob()).toPublicKey())
                    .with(Attribute.TOKEN, true)
                    .with(Attribute.PRIVATE, false)
                    .with(Attribute.VERIFY, true);
        } catch (SshFormatException e) {
            throw new IllegalArgumentException("The key cannot be stored as an authorized key: " + e.getMessage(), e);
        }
    }
}

package org.symbolon.soft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.object.SecretValues;
import org.symbolon.soft.seal.ObjectRecord;
import org.symbolon.soft.seal.ObjectSeal;
import org.symbolon.soft.seal.TokenKeys;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.Flight;
import org.symbolon.soft.store.ObjectTable;
import org.symbolon.soft.store.Sql;
import org.symbolon.soft.store.TokenTable;

/**
 * The objects of a token as one session sees them: which it may see, and what it can prove of them.
 *
 * <p>With a login, each record must be as it was sealed and stand in the manifest; with a pinned signing key, it must
 * stand in the manifest; with neither, public objects are shown unverified.
 */
final class ObjectView {
    /** The attributes that have tags to be found by, the most selective first. */
    static final List<Attribute<?>> INDEXED = List.of(
            Attribute.PUBLIC_KEY_INFO,
            Attribute.MODULUS,
            Attribute.EC_POINT,
            Attribute.ID,
            Attribute.LABEL,
            Attribute.SERIAL_NUMBER,
            Attribute.OBJECT_ID,
            Attribute.SUBJECT,
            Attribute.APPLICATION,
            Attribute.ISSUER,
            Attribute.KEY_TYPE);

    private static final int MAX_TWINS = 16;

    private final OpenToken token;
    private final Role role;
    private final @Nullable Unlocked unlocked;
    private final Optional<Bytes> pinned;

    ObjectView(OpenToken token, Role role, @Nullable Unlocked unlocked, Optional<Bytes> pinned) {
        this.token = token;
        this.role = role;
        this.unlocked = unlocked;
        this.pinned = pinned;
    }

    OpenToken token() {
        return token;
    }

    boolean seesPrivate() {
        return role == Role.USER;
    }

    /** Returns the token's record, verified as far as this session can. */
    TokenRecord record(Sql sql) throws TokenException {
        if (unlocked != null) {
            return token.record(sql, Bytes.wrap(unlocked.signingKey().publicKey()));
        }
        return pinned.isPresent() ? token.record(sql, pinned.get()) : token.record(sql);
    }

    private boolean verifies() {
        return unlocked != null || pinned.isPresent();
    }

    /** Foresees that an object is looked for. */
    Flight foresee(UUID uid) {
        Flight flight = token.database().newFlight();
        if (token.database().isRemote()) {
            TokenTable.foresee(flight, token.slot());
            ObjectTable.foreseeFind(flight, token.slot(), uid);
        }
        return flight;
    }

    /**
     * Returns an object.
     *
     * @return the object; empty if there is none that this session may see
     * @throws TokenProtocolException if its record was tampered with
     */
    Optional<StoredObject> find(Sql sql, UUID uid) throws TokenException {
        TokenRecord record = record(sql);
        Optional<ObjectRecord> row = ObjectTable.find(sql, token.slot(), uid);
        if (row.isEmpty()) {
            requireAbsent(sql, record, uid);
            return Optional.empty();
        }
        return sees(row.get()) ? Optional.of(open(sql, record, row.get())) : Optional.empty();
    }

    boolean sees(ObjectRecord row) {
        return !row.isPrivate() || seesPrivate();
    }

    private void requireAbsent(Sql sql, TokenRecord record, UUID uid) throws TokenException {
        boolean known = seesPrivate()
                && token.manifest()
                        .find(record.root(), uid, ObjectTable.manifest(sql, token.slot()))
                        .isPresent();
        if (known) {
            throw tampered(uid, "its row was taken away");
        }
    }

    /**
     * Opens a record.
     *
     * @throws TokenProtocolException if it was tampered with
     */
    StoredObject open(Sql sql, TokenRecord record, ObjectRecord row) throws TokenException {
        if (verifies()) {
            requireInManifest(sql, record, row);
        }
        Attributes clear = decode(row);
        Attributes hidden = unlocked == null ? Attributes.none() : unseal(unlocked.keys(), record, row);
        Attributes whole = Attributes.builder()
                .setAll(clear)
                .setAll(hidden)
                .set(Attribute.CLASS, row.objectClass())
                .set(Attribute.PRIVATE, row.isPrivate())
                .set(Attribute.TOKEN, true)
                .set(Attribute.UNIQUE_ID, row.uid().toString())
                .build();
        return new StoredObject(row.uid(), row.version(), SecretValues.protect(whole), verifies());
    }

    private void requireInManifest(Sql sql, TokenRecord record, ObjectRecord row) throws TokenException {
        Optional<Bytes> expected =
                token.manifest().find(record.root(), row.uid(), ObjectTable.manifest(sql, token.slot()));
        if (expected.isEmpty()) {
            throw tampered(row.uid(), "the manifest has no such object: it was inserted or put back by hand");
        }
        if (!expected.get().equals(row.digest(record.uuid()))) {
            throw tampered(row.uid(), "its row is not the one that the manifest has");
        }
    }

    private static Attributes decode(ObjectRecord row) throws TokenException {
        try {
            return Attributes.ofBytes(row.clear());
        } catch (IllegalArgumentException e) {
            throw tampered(row.uid(), "its attributes are malformed");
        }
    }

    private static Attributes unseal(TokenKeys keys, TokenRecord record, ObjectRecord row) throws TokenException {
        return ObjectSeal.open(keys, record.uuid(), row).orElseThrow(() -> tampered(row.uid(), "its seal is broken"));
    }

    /** Returns the key after which the next page begins, if the last uid of this page is behind the one before. */
    static Bytes advance(Bytes after, UUID last) throws TokenException {
        Bytes next = ObjectTable.key(last);
        if (Arrays.compareUnsigned(next.sharedArray(), after.sharedArray()) <= 0) {
            throw tampered(last, "the rows of objects are not in the order of their uids");
        }
        return next;
    }

    static TokenProtocolException tampered(UUID uid, String detail) {
        return new TokenProtocolException(
                Status.ckr("CKR_DEVICE_ERROR"), "the object " + uid + " was tampered with: " + detail);
    }

    /** Returns the tags of attributes, the most selective first; empty values have none. */
    List<ObjectTable.Tag> tags(TokenRecord record, Attributes attributes, boolean isPrivate) {
        List<ObjectTable.Tag> tags = new ArrayList<>();
        for (Bytes claim : Conditions.claims(attributes.find(Conditions.CLAIMS).orElse(Bytes.empty()))) {
            long code = Conditions.CLAIMS.code();
            tags.add(new ObjectTable.Tag(code, Bytes.wrap(tag(record, code, claim.sharedArray(), isPrivate))));
        }
        for (Attribute<?> attribute : INDEXED) {
            if (attributes.has(attribute)) {
                byte[] value = attributes.encoded(attribute);
                if (value.length > 0) {
                    tags.add(new ObjectTable.Tag(
                            attribute.code(), Bytes.wrap(tag(record, attribute.code(), value, isPrivate))));
                }
            }
        }
        return tags;
    }

    /**
     * Returns the tag by which a secret key's value is known again. It is keyed for public objects too, so that it tells
     * nobody anything but that two keys are the same.
     */
    Optional<ObjectTable.Tag> fingerprint(Attributes attributes) {
        boolean secretKey = attributes.find(Attribute.CLASS).equals(Optional.of(ObjectClass.SECRET_KEY));
        if (unlocked == null || !secretKey || !attributes.has(Attribute.VALUE)) {
            return Optional.empty();
        }
        byte[] value = attributes.encoded(Attribute.VALUE);
        byte[] tag = unlocked.keys().indexTag(Attribute.VALUE.code(), value);
        return Optional.of(new ObjectTable.Tag(Attribute.VALUE.code(), Bytes.wrap(tag)));
    }

    /** Returns the keys of the token that have the value of a key. */
    List<StoredObject> twins(Sql sql, Attributes key) throws TokenException {
        TokenRecord record = record(sql);
        List<StoredObject> twins = new ArrayList<>();
        for (boolean isPrivate : List.of(true, false)) {
            for (ObjectTable.Tag tag : twinTags(record, key, isPrivate)) {
                ObjectTable.Probe probe =
                        new ObjectTable.Probe(isPrivate, Optional.of(key.get(Attribute.CLASS)), List.of(tag));
                for (ObjectRecord row : ObjectTable.page(sql, token.slot(), probe, Bytes.empty(), MAX_TWINS)) {
                    twins.add(open(sql, record, row));
                }
            }
        }
        return twins;
    }

    private List<ObjectTable.Tag> twinTags(TokenRecord record, Attributes key, boolean isPrivate) {
        Optional<ObjectTable.Tag> fingerprint = fingerprint(key);
        if (fingerprint.isPresent() || !key.has(Attribute.PUBLIC_KEY_INFO)) {
            return fingerprint.stream().toList();
        }
        Attributes info = Attributes.builder()
                .set(Attribute.PUBLIC_KEY_INFO, key.get(Attribute.PUBLIC_KEY_INFO))
                .build();
        return tags(record, info, isPrivate);
    }

    private byte[] tag(TokenRecord record, long attribute, byte[] value, boolean isPrivate) {
        if (!isPrivate) {
            return TokenKeys.publicIndexTag(record.indexSalt().sharedArray(), attribute, value);
        }
        if (unlocked == null) {
            throw new AssertionError("private objects are looked for by the user only");
        }
        return unlocked.keys().indexTag(attribute, value);
    }
}

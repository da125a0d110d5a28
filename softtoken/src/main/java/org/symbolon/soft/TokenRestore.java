package org.symbolon.soft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.symbolon.Deadline;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.soft.archive.ArchivedObject;
import org.symbolon.soft.archive.ArchivedToken;
import org.symbolon.soft.object.SecretValues;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.SigningKey;
import org.symbolon.soft.seal.TokenKeys;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.Database;
import org.symbolon.soft.store.Sql;
import org.symbolon.soft.store.TokenTable;

/** Makes a token of a feed, under keys and PINs of its own, in one transaction: all of it or nothing. */
final class TokenRestore {
    private final OpenDatabase database;
    private final SoftSettings settings;
    private final BackupProgress progress;
    private final boolean newSerialNumber;

    TokenRestore(OpenDatabase database, SoftSettings settings, BackupProgress progress, boolean newSerialNumber) {
        this.database = database;
        this.settings = settings;
        this.progress = progress;
        this.newSerialNumber = newSerialNumber;
    }

    /** A token that was made, and how many objects it has. */
    record Restored(TokenRecord record, long objects) {}

    Restored run(ObjectFeed feed, Pin soPin, Pin userPin, Deadline deadline) throws TokenException, IOException {
        ArchivedToken token = feed.token();
        TokenPolicy policy = TokenPolicy.parse(token.policy());
        new PinPolicy(policy).check(soPin, List.of());
        new PinPolicy(policy).check(userPin, List.of());
        UUID uuid = newSerialNumber ? UUID.randomUUID() : token.uuid();
        try (TokenKeys keys = TokenKeys.generate();
                SigningKey signingKey = SigningKey.generate()) {
            TokenRecord draft = record(token, uuid, 0, keys, signingKey);
            SlotSealer sealer = new SlotSealer(settings);
            List<KeySlot> slots = List.of(
                    sealer.sealFirst(draft, Role.SECURITY_OFFICER, soPin, keys, signingKey),
                    sealer.sealFirst(draft, Role.USER, userPin, keys, signingKey));
            AtomicBoolean begun = new AtomicBoolean();
            Restored restored = database.database().write(deadline, Database.NEW_TOKEN, sql -> {
                requireFirst(begun);
                TokenRecord record = record(token, uuid, freeSlot(sql, uuid), keys, signingKey)
                        .withKeySlots(slots, signingKey);
                OpenToken open = database.token(record.slot());
                open.save(sql, record);
                slots.forEach(slot -> TokenTable.save(sql, record.slot(), slot, policy.pinTries()));
                Unlocked unlocked = new Unlocked(open, uuid, keys, signingKey);
                ObjectView view = new ObjectView(open, Role.USER, unlocked, Optional.empty());
                return new Restored(record, insertAll(feed, new ObjectWriter(view, unlocked, sql, record)));
            });
            Anchoring.committed(settings, uuid, restored.record().epoch() + 1);
            database.token(restored.record().slot()).tell(org.symbolon.Change.any());
            return restored;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private TokenRecord record(ArchivedToken token, UUID uuid, long slot, TokenKeys keys, SigningKey signingKey) {
        return TokenRecord.create(
                uuid, slot, token.label(), 1, token.soMode(), token.policy(), token.epoch(), keys, signingKey);
    }

    /** A feed cannot be read twice, as a transaction may that a busy database makes begin anew. */
    private static void requireFirst(AtomicBoolean begun) throws TokenUnavailableException {
        if (!begun.compareAndSet(false, true)) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_FUNCTION_CANCELED"),
                    "the database was busy in the middle of the restore; nothing was written: run it again");
        }
    }

    private long freeSlot(Sql sql, UUID uuid) throws TokenException {
        long next = 0;
        for (TokenRecord token : TokenTable.all(sql)) {
            next = Math.max(next, token.slot() + 1);
            if (SoftToken.serial(token.uuid()).equals(SoftToken.serial(uuid))) {
                throw new TokenOperationException(
                        Status.ckr("CKR_TOKEN_WRITE_PROTECTED"),
                        "the token with serial number " + SoftToken.serial(uuid) + " is in "
                                + database.database().name() + " already, with the label \"" + token.label()
                                + "\"; restore it under a new serial number, or elsewhere");
            }
        }
        return next;
    }

    private long insertAll(ObjectFeed feed, ObjectWriter writer) throws TokenException {
        long done = 0;
        try {
            for (Optional<ArchivedObject> next = feed.next(); next.isPresent(); next = feed.next()) {
                ArchivedObject archived = next.get();
                StoredObject object = new StoredObject(
                        archived.uid(), archived.version(), SecretValues.protect(archived.attributes()), true);
                writer.insert(object);
                object.wipe();
                done++;
                progress.moved(done, feed.token().objects());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer.commit();
        return done;
    }
}

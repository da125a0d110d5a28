package org.symbolon.soft;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.soft.archive.ArchiveKey;
import org.symbolon.soft.archive.ArchiveLock;
import org.symbolon.soft.archive.ArchiveReader;
import org.symbolon.soft.archive.ArchiveWriter;
import org.symbolon.soft.archive.ArchivedObject;
import org.symbolon.soft.archive.ArchivedToken;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.TokenTable;

/**
 * Backs whole soft tokens up into a file, restores them, and copies them from one store to another - with every
 * attribute of every object as it was: unique ids, dates, where and how a key was made, and the values of private keys
 * whether or not they are extractable - and the policy of the token. Session objects and PINs are not part of it.
 *
 * <pre>{@code
 * try (OutputStream file = Files.newOutputStream(path)) {
 *     SoftBackup.of("soft:sqlite:team.db").write(serialNumber, userPin, passphrase, file);
 * }
 * }</pre>
 *
 * <p><b>Security guarantees.</b> A backup needs the user's PIN: it is an act of the token's owner, and is logged. The
 * file is encrypted and authenticated under its passphrase, stretched by Argon2id, or under a key of its own that is wrapped for
 * each recipient's public key; what was cut off, changed, moved, appended or taken from another backup is refused, with the place.
 * A backup for recipients is not signed: whoever knows a recipient's public key can make one, so restore what you know the origin of. Only objects that the token vouches for get into
 * it. A restored token has keys, PINs and a signing key of its own. Whoever has the file and its passphrase has the
 * private keys: keep them apart, and choose a passphrase that nobody guesses, as nothing limits the tries.
 *
 * <p>A token whose policy says {@code backups=false} is neither backed up nor copied, until its security officer allows it.
 *
 * <p>A backup sees one moment of the token. A restore or a copy is one transaction: if anything fails, nothing was
 * written; while it runs, others cannot write to the same database. Memory does not grow with the number of objects.
 * Immutable and thread-safe.
 */
public final class SoftBackup {
    /** The shortest passphrase that is taken for a new backup, in bytes of its UTF-8 encoding: {@value}. */
    public static final int MIN_PASSPHRASE_BYTES = 12;

    private static final Logger LOG = LoggerFactory.getLogger(SoftBackup.class);

    /** How long the one transaction of a backup, a restore or a copy may last. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private final String uri;
    private final ModuleOptions options;
    private final BackupProgress progress;
    private final boolean withoutDamaged;
    private final boolean newSerialNumber;

    private SoftBackup(
            String uri,
            ModuleOptions options,
            BackupProgress progress,
            boolean withoutDamaged,
            boolean newSerialNumber) {
        this.uri = uri;
        this.options = options;
        this.progress = progress;
        this.withoutDamaged = withoutDamaged;
        this.newSerialNumber = newSerialNumber;
    }

    /**
     * Returns what backs up tokens of a module and restores them into it.
     *
     * @param uri the module, such as {@code soft:sqlite:team.db}
     * @return it
     */
    public static SoftBackup of(String uri) {
        return of(uri, ModuleOptions.ofDefaults());
    }

    /**
     * Returns what backs up tokens of a module and restores them into it.
     *
     * @param uri the module, such as {@code soft:sqlite:team.db}
     * @param options the timeout, which bounds opening and logging in; the work itself may last a day; {@code kdf} is for the passphrase of a
     *     backup and the PINs of a restored token, {@code pin-tries} for the latter
     * @return it
     */
    public static SoftBackup of(String uri, ModuleOptions options) {
        return new SoftBackup(uri, options, (done, all) -> {}, false, false);
    }

    /**
     * Returns the same with a listener.
     *
     * @param listener hears of each object
     * @return another
     */
    public SoftBackup progress(BackupProgress listener) {
        return new SoftBackup(uri, options, listener, withoutDamaged, newSerialNumber);
    }

    /**
     * Returns the same, but leaves out objects that are damaged instead of ending there; the report names them.
     *
     * @return another
     */
    public SoftBackup withoutDamaged() {
        return new SoftBackup(uri, options, progress, true, newSerialNumber);
    }

    /**
     * Returns the same, but gives a restored token a new serial number: for a second copy in the same database, or one
     * that is to be told from the first.
     *
     * @return another
     */
    public SoftBackup newSerialNumber() {
        return new SoftBackup(uri, options, progress, withoutDamaged, true);
    }

    /**
     * Backs a token up.
     *
     * @param serialNumber which token, as {@link org.symbolon.TokenInfo#serialNumber()} says
     * @param userPin the user's PIN
     * @param passphrase what the file is encrypted under, {@value #MIN_PASSPHRASE_BYTES} to {@value Pin#MAX_BYTES} bytes
     * @param out where it goes; flushed, not closed. If this throws, what was written is no backup.
     * @return what was done
     * @throws TokenException if the PIN is refused, an object is damaged, or the token cannot be read
     * @throws IOException if {@code out} fails
     * @throws IllegalArgumentException if the passphrase is too short
     */
    public BackupReport write(String serialNumber, Pin userPin, Pin passphrase, OutputStream out)
            throws TokenException, IOException {
        if (passphrase.lengthInBytes() < MIN_PASSPHRASE_BYTES) {
            throw new IllegalArgumentException("the passphrase of a backup has at least " + MIN_PASSPHRASE_BYTES
                    + " bytes: whoever has the file can try as many as he likes");
        }
        return write(
                serialNumber,
                userPin,
                new ArchiveLock.Passphrase(SoftSettings.of(options).kdf().argon2id(), passphrase),
                out);
    }

    /**
     * Backs a token up for the owners of private keys: each of them can restore it, and who makes the backup cannot.
     *
     * @param serialNumber which token, as {@link org.symbolon.TokenInfo#serialNumber()} says
     * @param userPin the user's PIN
     * @param recipients 1 to 64 public keys: RSA of at least 2048 bits, EC on P-256, P-384 or P-521, X25519 or X448
     * @param out where it goes; flushed, not closed. If this throws, what was written is no backup.
     * @return what was done
     * @throws TokenException if the PIN is refused, an object is damaged, or the token cannot be read
     * @throws IOException if {@code out} fails
     * @throws IllegalArgumentException if a key is of another kind
     */
    public BackupReport write(String serialNumber, Pin userPin, List<PublicKey> recipients, OutputStream out)
            throws TokenException, IOException {
        return write(serialNumber, userPin, new ArchiveLock.Recipients(recipients), out);
    }

    private BackupReport write(String serialNumber, Pin userPin, ArchiveLock lock, OutputStream out)
            throws TokenException, IOException {
        return walk(serialNumber, userPin, SoftSettings.of(options), walk -> {
            long objects = writeAll(walk, lock, out);
            LOG.info(
                    "the token \"{}\" ({}) was backed up by its user: {} objects, private keys among them",
                    walk.token().label(),
                    serialNumber,
                    objects);
            return report(walk.record(), objects, walk.leftOut());
        });
    }

    private long writeAll(TokenWalk walk, ArchiveLock lock, OutputStream out) throws TokenException, IOException {
        long done = 0;
        try (ArchiveWriter archive = new ArchiveWriter(out, lock, walk.token())) {
            for (Optional<ArchivedObject> next = walk.next(); next.isPresent(); next = walk.next()) {
                archive.write(next.get());
                wipe(next.get());
                done++;
                progress.moved(done, walk.token().objects());
            }
            archive.finish();
        }
        return done;
    }

    private static void wipe(ArchivedObject object) {
        new StoredObject(object.uid(), object.version(), object.attributes(), true).wipe();
    }

    /**
     * Restores a token from a backup into the first empty slot.
     *
     * @param in the backup; read to its end, not closed
     * @param passphrase its passphrase
     * @param soPin the restored token's security officer's PIN
     * @param userPin the restored token's user's PIN
     * @return what was done
     * @throws IOException if {@code in} fails, is no backup, is damaged, or the passphrase is wrong: the message says
     *     what and where, and nothing was written
     * @throws TokenException if a PIN is refused, the token is in the database already, or the database fails
     */
    public BackupReport restore(InputStream in, Pin passphrase, Pin soPin, Pin userPin)
            throws TokenException, IOException {
        return restore(in, new ArchiveKey.Passphrase(passphrase), soPin, userPin);
    }

    /**
     * Restores a token from a backup for recipients into the first empty slot.
     *
     * @param in the backup; read to its end, not closed
     * @param keys key pairs, one of which is a recipient's; the private key may be one of another token, with CKA_DECRYPT
     *     (RSA) or CKA_DERIVE (EC, XDH)
     * @param soPin the restored token's security officer's PIN
     * @param userPin the restored token's user's PIN
     * @return what was done
     * @throws IOException if {@code in} fails, is no backup, is damaged, or none of the keys opens it: the message says
     *     what and where, and nothing was written
     * @throws TokenException if a PIN is refused, the token is in the database already, or the database fails
     */
    public BackupReport restore(InputStream in, List<KeyPair> keys, Pin soPin, Pin userPin)
            throws TokenException, IOException {
        return restore(in, new ArchiveKey.Private(keys), soPin, userPin);
    }

    private BackupReport restore(InputStream in, ArchiveKey key, Pin soPin, Pin userPin)
            throws TokenException, IOException {
        try (ArchiveReader archive = ArchiveReader.open(in, key)) {
            return fill(
                    new ObjectFeed() {
                        @Override
                        public ArchivedToken token() {
                            return archive.token();
                        }

                        @Override
                        public Optional<ArchivedObject> next() throws IOException {
                            return archive.next();
                        }
                    },
                    List.of(),
                    soPin,
                    userPin);
        }
    }

    /**
     * Copies a token into the first empty slot of another module, as a backup and its restore would.
     *
     * @param serialNumber which token
     * @param pin its user's PIN
     * @param target where to; its listener and whether it wants a new serial number count
     * @param soPin the copy's security officer's PIN
     * @param userPin the copy's user's PIN
     * @return what was done
     * @throws TokenException if a PIN is refused, an object is damaged, the token is in the other database already, or a
     *     database fails; then nothing was written
     */
    public BackupReport copy(String serialNumber, Pin pin, SoftBackup target, Pin soPin, Pin userPin)
            throws TokenException {
        if (SoftModuleFactory.locationOf(uri, options)
                .equals(SoftModuleFactory.locationOf(target.uri, target.options))) {
            throw new IllegalArgumentException("a token is copied to another database, not within " + uri);
        }
        try {
            return walk(serialNumber, pin, SoftSettings.of(options), walk -> {
                BackupReport report = target.fill(walk, walk.leftOut(), soPin, userPin);
                LOG.info(
                        "the token \"{}\" ({}) was copied by its user to {}: {} objects, private keys among them",
                        walk.token().label(),
                        serialNumber,
                        target.uri,
                        report.objects());
                return report;
            });
        } catch (IOException e) {
            throw new AssertionError("a copy reads no file", e);
        }
    }

    private BackupReport fill(ObjectFeed feed, List<String> leftOut, Pin soPin, Pin userPin)
            throws TokenException, IOException {
        OpenDatabase database = SoftModuleFactory.acquire(uri, options);
        try {
            TokenRestore restore = new TokenRestore(database, SoftSettings.of(options), progress, newSerialNumber);
            TokenRestore.Restored restored = restore.run(feed, soPin, userPin, Deadline.after(LONGEST));
            return report(restored.record(), restored.objects(), leftOut);
        } finally {
            database.release();
        }
    }

    private static BackupReport report(TokenRecord token, long objects, List<String> leftOut) {
        return new BackupReport(token.label(), SoftToken.serial(token.uuid()), token.verifyKey(), objects, leftOut);
    }

    /** What is done with a token's objects. */
    @FunctionalInterface
    private interface Work<T> {
        T run(TokenWalk walk) throws TokenException, IOException;
    }

    private <T> T walk(String serialNumber, Pin pin, SoftSettings settings, Work<T> work)
            throws TokenException, IOException {
        Deadline deadline = Deadline.after(options.timeout());
        OpenDatabase database = SoftModuleFactory.acquire(uri, options);
        try {
            OpenToken token = find(database, serialNumber, deadline);
            Anchoring.requireCurrent(token, settings, deadline);
            Opened opened = new PinGate(token, settings).open(Role.USER, pin, deadline);
            Unlocked unlocked = opened.requireUnlocked();
            token.sessionOpened();
            try {
                SoftSession.requirePinnedKey(opened, settings);
                return walk(token, unlocked, Deadline.after(LONGEST), work);
            } finally {
                token.sessionClosed();
                unlocked.leave();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            database.release();
        }
    }

    private <T> T walk(OpenToken token, Unlocked unlocked, Deadline deadline, Work<T> work) throws TokenException {
        ObjectView view = new ObjectView(token, Role.USER, unlocked, Optional.empty());
        AtomicBoolean begun = new AtomicBoolean();
        return token.database().read(deadline, sql -> {
            if (!begun.compareAndSet(false, true)) {
                throw new TokenUnavailableException(
                        Status.ckr("CKR_FUNCTION_CANCELED"),
                        "the database was busy in the middle of the backup, which is not whole: run it again");
            }
            try {
                TokenWalk walk = new TokenWalk(view, sql, Clock.systemUTC().instant(), withoutDamaged);
                TokenPolicy.of(walk.record()).requireBackups(walk.record().label());
                return work.run(walk);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static OpenToken find(OpenDatabase database, String serialNumber, Deadline deadline) throws TokenException {
        List<TokenRecord> tokens = database.database().read(deadline, TokenTable::all);
        return tokens.stream()
                .filter(token -> SoftToken.serial(token.uuid()).equals(serialNumber))
                .findFirst()
                .map(token -> database.token(token.slot()))
                .orElseThrow(() -> new TokenOperationException(
                        Status.ckr("CKR_TOKEN_NOT_PRESENT"),
                        "there is no token with serial number " + serialNumber + " in "
                                + database.database().name()));
    }

    /** {@return the module's URI} */
    @Override
    public String toString() {
        return "SoftBackup[" + uri + "]";
    }
}

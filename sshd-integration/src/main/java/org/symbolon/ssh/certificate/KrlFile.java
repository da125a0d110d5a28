package org.symbolon.ssh.certificate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ChangeSubscription;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;

/**
 * The file of sshd's {@code RevokedKeys}, written anew whenever the revocations in a token change.
 *
 * <p>sshd refuses every key while it cannot read the file, so that it is always there and whole: a new one is written beside it,
 * forced to the disk and renamed. It follows the token's change feed, and looks itself each 3 s where the feed is slower or
 * missing. While the token cannot tell, the file stays as it is, and a warning is in the log. Thread-safe.
 */
public final class KrlFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KrlFile.class);
    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final Duration RARELY = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final TokenRevocations revocations;
    private final Path file;
    private final Semaphore changes = new Semaphore(0);
    private final Thread writer = new Thread(this::run, "symbolon-krl");
    private volatile Optional<ChangeSubscription> subscription = Optional.empty();
    private volatile Duration usually = LOOK;
    private volatile boolean closed;
    private boolean failing; // known to the writer alone

    private KrlFile(TokenRevocations revocations, Path file) {
        this.revocations = revocations;
        this.file = file;
        writer.setDaemon(true);
    }

    /**
     * Writes the file and follows the token from then on.
     *
     * @param session the session with the token; it stays the caller's, open for longer than this
     * @param file the file; others may read it
     * @return to be closed
     * @throws IOException if the file cannot be written
     * @throws TokenException if the token cannot tell
     * @throws SshFormatException if a revocation in the token cannot be read
     */
    public static KrlFile following(Session session, Path file) throws IOException, TokenException, SshFormatException {
        TokenRevocations revocations = new TokenRevocations(session);
        write(file, revocations.list());
        return new KrlFile(revocations, file).followed(session);
    }

    /**
     * Writes a list into a file, of which nobody ever sees a part.
     *
     * @param file the file
     * @param list the list
     * @return whether the file was not the same already
     * @throws IOException if it cannot be written; it stays as it was
     */
    public static boolean write(Path file, KeyRevocationList list) throws IOException {
        byte[] content = list.toBytes();
        if (isAlready(file, content)) {
            return false;
        }
        Path whole = file.toAbsolutePath();
        Path part = whole.resolveSibling(whole.getFileName() + ".new");
        try {
            writeNew(part, content);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} was left by somebody who was ended", part, e);
            Files.delete(part);
            writeNew(part, content);
        }
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(whole.resolveSibling("."), StandardOpenOption.READ)) {
            directory.force(true); // the name is durable, too
        }
        return true;
    }

    private static boolean isAlready(Path file, byte[] content) throws IOException {
        try {
            return Files.size(file) == content.length && Arrays.equals(Files.readAllBytes(file), content);
        } catch (NoSuchFileException e) {
            LOG.debug("{} is written for the first time", file, e);
            return false;
        }
    }

    private static void writeNew(Path part, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private KrlFile followed(Session session) {
        boolean slow = session.token().changeDelay().compareTo(LOOK) > 0;
        try {
            subscription = Optional.of(session.token().changes(change -> changes.release()));
        } catch (TokenException e) {
            slow = true;
            LOG.debug("There is no change feed for {}", file, e);
        }
        usually = slow ? LOOK : RARELY;
        changes.release(); // what changed before the feed began
        writer.start();
        return this;
    }

    private void run() {
        try {
            while (!closed) {
                boolean changed = changes.tryAcquire((failing ? RETRY : usually).toMillis(), TimeUnit.MILLISECONDS);
                int more = changes.drainPermits();
                LOG.trace("{} is looked at: {} changes", file, changed ? more + 1 : 0);
                rewrite();
            }
        } catch (InterruptedException e) {
            LOG.trace("{} is left as it is", file, e);
        }
    }

    private void rewrite() {
        try {
            KeyRevocationList list = revocations.list();
            if (write(file, list)) {
                LOG.info("{} written: {}", file, list);
            }
            failing = false;
        } catch (IOException | TokenException | SshFormatException e) {
            if (!failing) {
                LOG.warn("{} stays as it was: {}", file, e.getMessage());
            }
            failing = true;
        } catch (IllegalStateException e) {
            LOG.debug("The session of {} was closed", file, e);
            closed = true;
        }
    }

    /** Ends to follow the token; the file stays. Idempotent. */
    @Override
    public void close() {
        closed = true;
        subscription.ifPresent(ChangeSubscription::close);
        writer.interrupt();
    }
}

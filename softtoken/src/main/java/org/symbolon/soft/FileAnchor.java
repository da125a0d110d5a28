package org.symbolon.soft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbolon.Deadline;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;

/**
 * An anchor in a file: a line {@code uuid epoch} for each token, of one length, so that a note overwrites its own line in
 * place and a machine that stops in the middle of it harms no other.
 */
final class FileAnchor implements RollbackAnchor {
    private static final int MAX_BYTES = 1 << 20;
    private static final int LINE_BYTES = 57;
    private static final Pattern LINE =
            Pattern.compile("(?<token>[0-9a-f-]{36}) (?<epoch>[0-9]{19})\n", Pattern.MULTILINE);
    /** A process has one lock of a file at a time: {@link FileLock} holds off other processes only. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 10;

    private final Path path;
    private final Duration patience;

    FileAnchor(Path path) {
        this(path, PATIENCE);
    }

    /** Makes an anchor that waits so long at most for others that use the file. */
    FileAnchor(Path path, Duration patience) {
        this.path = path.toAbsolutePath().normalize();
        this.patience = patience;
    }

    @Override
    public OptionalLong epoch(UUID token) throws TokenException {
        return locked(channel -> {
            Line line = read(channel).lines.get(token);
            return line == null ? OptionalLong.empty() : OptionalLong.of(line.epoch);
        });
    }

    @Override
    public void note(UUID token, long epoch) throws TokenException {
        if (epoch < 1) {
            throw new TokenProtocolException(
                    Status.ckr("CKR_DEVICE_ERROR"),
                    "the anchor " + path + " notes no epoch below 1, and that of token " + token + " is " + epoch);
        }
        locked(channel -> {
            Content content = read(channel);
            Line line = content.lines.get(token);
            if (line == null || line.epoch < epoch) {
                write(channel, line == null ? content.end : line.position, token, epoch);
            }
            return epoch;
        });
    }

    private static void write(FileChannel channel, long position, UUID token, long epoch) throws IOException {
        String text = token + " " + String.format(Locale.ROOT, "%019d", epoch) + "\n";
        ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
        channel.force(true);
    }

    private record Line(long epoch, long position) {}

    /** What is done with the file. */
    private interface Work<T> {
        T run(FileChannel channel) throws IOException, TokenException;
    }

    private <T> T locked(Work<T> work) throws TokenException {
        Deadline deadline = Deadline.after(patience);
        try {
            ReentrantLock lock = LOCKS.computeIfAbsent(realPath(), file -> new ReentrantLock());
            if (!lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.missed(others());
            }
            try {
                return alone(work, deadline);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            throw deadline.interrupted(others(), e);
        } catch (IOException e) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_DEVICE_ERROR"),
                    "the anchor " + path + " cannot be used: " + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        }
    }

    /** Returns one path for the file, by whatever links its folder is reached. */
    private Path realPath() throws IOException {
        Path folder = path.getParent();
        return folder == null ? path : folder.toRealPath().resolve(path.getFileName());
    }

    private String others() {
        return "others that use the anchor " + path;
    }

    private <T> T alone(Work<T> work, Deadline deadline) throws IOException, TokenException, InterruptedException {
        try (FileChannel channel = FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                FileLock held = lock(channel, deadline)) {
            if (!held.isValid()) {
                throw new IOException("the file is locked by nobody");
            }
            return work.run(channel);
        }
    }

    private FileLock lock(FileChannel channel, Deadline deadline)
            throws IOException, TokenException, InterruptedException {
        while (true) {
            Optional<FileLock> held = tryLock(channel);
            if (held.isPresent()) {
                return held.get();
            }
            deadline.check(others());
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // Another copy of this class in the same process holds it.
            return Optional.empty();
        }
    }

    /** The lines, and where the last whole one ends: half a line after it was being written when its machine stopped. */
    private record Content(Map<UUID, Line> lines, int end) {}

    private Content read(FileChannel channel) throws IOException, TokenException {
        if (channel.size() > MAX_BYTES) {
            throw malformed("it has more than " + MAX_BYTES + " bytes");
        }
        byte[] bytes = Channels.newInputStream(channel.position(0)).readNBytes(MAX_BYTES);
        String text = new String(bytes, StandardCharsets.US_ASCII);
        Map<UUID, Line> lines = new TreeMap<>();
        Matcher matcher = LINE.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            lines.put(
                    UUID.fromString(matcher.group("token")), new Line(epoch(matcher.group("epoch")), matcher.start()));
        }
        if (text.indexOf('\n', end) >= 0 || text.length() - end >= LINE_BYTES) {
            throw malformed("it is not lines of a token's uuid and epoch, from byte " + end + " on");
        }
        return new Content(lines, end);
    }

    private long epoch(String digits) throws TokenException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw malformed("an epoch is too high: " + digits);
        }
    }

    private TokenException malformed(String detail) {
        return new TokenUnavailableException(
                Status.ckr("CKR_DEVICE_ERROR"), "the anchor " + path + " cannot be used: " + detail);
    }
}

package org.symbolon.kmip.server;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Operation;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.operation.KmipRequest;

/**
 * Cryptographic operations whose data comes in parts. Each belongs to its client and its key; one whose next part does not come
 * is given up. Thread-safe; a part is worked on by one thread.
 */
final class Streams implements AutoCloseable {
    private static final int MAX_OPEN = 1024;
    private static final int MAX_OF_CALLER = 32;
    private static final int CORRELATION_BYTES = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<Bytes, Stream> waiting = new HashMap<>();

    Streams(Clock clock) {
        this.clock = clock;
    }

    /** Begins an operation. */
    @FunctionalInterface
    interface Start {
        /** Returns the operation, which takes the data. */
        Operation begin() throws KmipFailure, TokenException;
    }

    /** Whose operation it is: of a request's kind, a client, and a key, which is empty where there is none. */
    private record Owner(Class<?> kind, Caller caller, String key) {}

    /** An operation between two parts. */
    static final class Stream implements AutoCloseable {
        private final Owner owner;
        private final Operation operation;
        private @Nullable Bytes correlation;
        private @Nullable Bytes attachment;
        private Instant until = Instant.MAX;

        Stream(Owner owner, Operation operation) {
            this.owner = owner;
            this.operation = operation;
        }

        Operation operation() {
            return operation;
        }

        /** Returns what a part brought beside the data, if one did: a signature, a code, a tag. */
        Optional<Bytes> attachment(@Nullable Bytes brought) {
            if (brought != null) {
                attachment = brought;
            }
            return Optional.ofNullable(attachment);
        }

        /** Returns what comes out for more data. */
        byte[] update(@Nullable Bytes data) throws TokenException {
            return data == null || data.isEmpty() ? new byte[0] : operation.update(data.sharedArray());
        }

        @Override
        public void close() {
            operation.close();
        }
    }

    /** Returns the operation of a part: a new one for the first. */
    Stream of(Part part, KmipRequest<?> request, Batch batch, String key, Start start)
            throws KmipFailure, TokenException {
        Owner owner = new Owner(request.getClass(), batch.caller(), key);
        if (part.correlation() == null) {
            return new Stream(owner, start.begin());
        }
        synchronized (waiting) {
            forgetExpired();
            Stream stream = waiting.get(part.correlation());
            if (stream == null || !stream.owner.equals(owner)) {
                throw new KmipFailure(
                        ResultReason.INVALID_CORRELATION_VALUE,
                        "no operation of this kind, client and key waits with this Correlation Value; begin again");
            }
            waiting.remove(part.correlation());
            return stream;
        }
    }

    /** Keeps an operation until its next part and returns the Correlation Value of it. */
    Bytes keep(Stream stream) throws KmipFailure {
        Bytes correlation = stream.correlation != null ? stream.correlation : fresh();
        synchronized (waiting) {
            forgetExpired();
            long ofCaller = waiting.values().stream()
                    .filter(each -> each.owner.caller.equals(stream.owner.caller))
                    .count();
            if (waiting.size() >= MAX_OPEN || ofCaller >= MAX_OF_CALLER) {
                throw new KmipFailure(
                        ResultReason.GENERAL_FAILURE,
                        "too many operations wait for their next part; a client may have " + MAX_OF_CALLER);
            }
            stream.correlation = correlation;
            stream.until = clock.instant().plus(PATIENCE);
            waiting.put(correlation, stream);
        }
        return correlation;
    }

    private Bytes fresh() {
        byte[] value = new byte[CORRELATION_BYTES];
        random.nextBytes(value);
        return Bytes.wrap(value);
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        for (Iterator<Stream> all = waiting.values().iterator(); all.hasNext(); ) {
            Stream stream = all.next();
            if (stream.until.isBefore(now)) {
                all.remove();
                stream.close();
            }
        }
    }

    /** Gives up what waits. */
    @Override
    public void close() {
        synchronized (waiting) {
            waiting.values().forEach(Stream::close);
            waiting.clear();
        }
    }
}

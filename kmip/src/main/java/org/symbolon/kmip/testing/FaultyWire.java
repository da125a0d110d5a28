package org.symbolon.kmip.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The way back to a client.
 *
 * @param output where the answer goes
 * @param closed ends with the server
 */
record FaultyWire(OutputStream output, CountDownLatch closed) {
    void write(byte[] bytes, int from, int count) throws IOException {
        output.write(bytes, from, count);
        output.flush();
    }

    /** Waits, or ends the connection if the server ends meanwhile. */
    void pause(Duration time) throws IOException {
        try {
            if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw end();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits until the server ends. */
    void hang() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** {@return what ends the connection when it is thrown} */
    static IOException end() {
        return new IOException("the connection ends here, as the test says");
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        IOException failure = new InterruptedIOException("the server's thread was interrupted");
        failure.initCause(cause);
        return failure;
    }
}

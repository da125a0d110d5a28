package org.symbolon.kmip;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.kmip.ttlv.TtlvOutline;
import org.symbolon.transport.CallWatch;
import org.symbolon.transport.Patience;

/**
 * A place for one message at a time to a server by HTTPS (Additional Message Encodings 1.0 section 5). The connections below are those
 * of the {@link HttpsServer}, which looks at one that idled before it is used.
 */
final class HttpsConnection implements KmipConnection {
    private static final Logger LOG = LoggerFactory.getLogger(HttpsConnection.class);
    private static final int OK = 200;
    private static final int SERVER_ERRORS = 500;

    private final HttpsServer server;
    private final CallWatch watch;
    private final TtlvLimits limits;
    private boolean answered;
    private int sent;
    private int received;
    private long idleSince = System.nanoTime();

    HttpsConnection(HttpsServer server, CallWatch watch, TtlvLimits limits) {
        this.server = server;
        this.watch = watch;
        this.limits = limits;
    }

    @Override
    public Ttlv exchange(Ttlv.Structure request, Deadline deadline, Patience patience) throws IOException {
        if (LOG.isTraceEnabled()) {
            LOG.trace("{}", TtlvOutline.of(request));
        }
        answered = false;
        received = 0;
        byte[] body = server.encoding().encode(request);
        sent = body.length;
        HttpsServer.Progress progress = new HttpsServer.Progress();
        Call call = server.client().newCall(post(body, progress));
        CallWatch.Call watched = watch.watch(call::cancel, deadline, patience);
        try (watched;
                Response response = call.execute()) {
            answered = true;
            return read(response);
        } catch (IOException e) {
            if (watched.wasCut() || watched.wasGivenUp()) {
                SocketTimeoutException late = new SocketTimeoutException("no answer in time");
                late.initCause(e);
                throw progress.isSent() ? late : new NotSentException(late);
            }
            throw progress.isSent() ? e : new NotSentException(e);
        } finally {
            Arrays.fill(body, (byte) 0);
            idleSince = System.nanoTime();
        }
    }

    private Request post(byte[] body, HttpsServer.Progress progress) {
        return new Request.Builder()
                .url(server.url())
                .tag(HttpsServer.Progress.class, progress)
                .header("Cache-Control", "no-cache")
                .header("Accept", server.encoding().mediaType())
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "symbolon")
                .post(RequestBody.create(body, MediaType.get(server.encoding().mediaType())))
                .build();
    }

    private Ttlv read(Response response) throws IOException {
        if (response.code() >= SERVER_ERRORS) {
            throw new IOException("HTTP status " + response.code() + " came instead of an answer");
        }
        if (response.code() != OK) {
            throw new MalformedTtlvException("HTTP status " + response.code()
                    + " came, where 200 belongs to every answer of KMIP; is "
                    + server.url().encodedPath()
                    + " the server's path?");
        }
        byte[] message = body(response);
        received = message.length;
        Ttlv answer;
        try {
            answer = server.encoding().decode(message, limits);
        } catch (IOException e) {
            Arrays.fill(message, (byte) 0);
            throw e;
        }
        if (LOG.isTraceEnabled()) {
            LOG.trace("{}", TtlvOutline.of(answer));
        }
        return answer;
    }

    /** Reads as much as is allowed, whatever length was declared. */
    private byte[] body(Response response) throws IOException {
        int most = limits.maxBytes();
        if (response.body().contentLength() > most) {
            throw new MalformedTtlvException(
                    "the answer has " + response.body().contentLength() + " bytes; at most " + most + " are taken");
        }
        try (InputStream in = response.body().byteStream()) {
            byte[] message = in.readNBytes(most + 1);
            if (message.length > most) {
                throw new MalformedTtlvException("the answer has more than " + most + " bytes");
            }
            return message;
        }
    }

    @Override
    public boolean wasAnswered() {
        return answered;
    }

    @Override
    public long idleNanos() {
        return System.nanoTime() - idleSince;
    }

    @Override
    public boolean isQuiet() {
        return true;
    }

    @Override
    public boolean isCut() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public int bytesSent() {
        return sent;
    }

    @Override
    public int bytesReceived() {
        return received;
    }

    @Override
    public void close() {
        server.forgetConnections();
    }
}

package org.symbolon.ssh.x509;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks responders and distribution points over HTTP: bounded in time and size, without redirects, a few at a time; who just
 * failed is not asked again at once, so that a dead responder delays one login and not all.
 */
final class Fetcher {
    private static final int AT_A_TIME = 16;
    private static final Duration REST = Duration.ofSeconds(5);
    private static final int MAX_FAILED = 1000;

    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final Map<URI, Instant> failed = new ConcurrentHashMap<>();

    Fetcher(Duration timeout, Clock clock) {
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
        this.timeout = timeout;
        this.clock = clock;
    }

    byte[] get(URI uri, int maxBytes) throws IOException {
        return send(HttpRequest.newBuilder(uri).GET(), uri, maxBytes);
    }

    byte[] post(URI uri, String type, byte[] body, int maxBytes) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return send(request, uri, maxBytes);
    }

    private byte[] send(HttpRequest.Builder request, URI uri, int maxBytes) throws IOException {
        Instant last = failed.get(uri);
        if (last != null && clock.instant().isBefore(last.plus(REST))) {
            throw new IOException(uri + " failed less than " + REST.toSeconds() + " s ago and is not asked again yet");
        }
        if (!free.tryAcquire()) {
            throw new IOException(AT_A_TIME + " questions wait for answers already, " + uri + " is not asked");
        }
        try {
            byte[] answer = answer(request.timeout(timeout).build(), maxBytes);
            failed.remove(uri);
            return answer;
        } catch (IOException e) {
            if (failed.size() < MAX_FAILED) {
                failed.put(uri, clock.instant());
            }
            throw e;
        } finally {
            free.release();
        }
    }

    private byte[] answer(HttpRequest request, int maxBytes) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, information -> bounded(information, maxBytes));
        try {
            HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException(request.uri() + " answered with HTTP status " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException(request.uri() + " cannot be asked: " + reason(e), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(request.uri() + " did not answer within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + request.uri() + " was asked", e);
        }
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
    }

    private static BodySubscriber<byte[]> bounded(HttpResponse.ResponseInfo information, int maxBytes) {
        return information.statusCode() == 200 ? new BoundedBody(maxBytes) : BodySubscribers.replacing(new byte[0]);
    }
}

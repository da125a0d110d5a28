package org.symbolon.kmip.token;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.Outcome;
import org.symbolon.Pin;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SecretReference;
import org.symbolon.kmip.KmipBatch;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipClientBuilder;
import org.symbolon.kmip.KmipSigner;
import org.symbolon.kmip.enumeration.BatchErrorContinuationOption;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;

/** A server as one client asks it, with what was learnt of it. Thread-safe. */
final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final TokenSettings settings;
    private final ServerUri uri;
    private final KmipClient client;
    private final KmipSigner signer;
    private final ServerMemory memory;

    private Server(TokenSettings settings, ServerUri uri, KmipClient client, ServerMemory memory) {
        this.settings = settings;
        this.uri = uri;
        this.client = client;
        this.signer = new KmipSigner(client);
        this.memory = memory;
    }

    static Server open(TokenSettings settings, ServerUri uri) throws TokenException {
        Optional<Pin> password = read(settings.password());
        try {
            return new Server(settings, uri, client(settings, uri, password), new ServerMemory(settings));
        } finally {
            password.ifPresent(Pin::close);
        }
    }

    /** Returns the same server as a user asks it whose password is a PIN. */
    Server as(Pin pin) throws TokenException {
        return new Server(settings, uri, client(settings, uri, Optional.of(pin)), memory);
    }

    private static KmipClient client(TokenSettings settings, ServerUri uri, Optional<Pin> password)
            throws TokenException {
        ServerUri.Node node = uri.nodes().get(0);
        KmipClientBuilder builder = KmipClient.builder(node.host())
                .port(node.port())
                .timeout(settings.timeout())
                .maxConnections(settings.connections());
        uri.nodes().stream().skip(1).forEach(other -> builder.node(other.host(), other.port()));
        uri.httpsPath().ifPresent(path -> builder.https(path, settings.encoding()));
        settings.trust().ifPresent(builder::trust);
        settings.version().ifPresent(builder::version);
        if (settings.username().isPresent() && password.isPresent()) {
            builder.username(settings.username().get(), password.get());
        }
        try (Pin keys = read(settings.keyStorePassword()).orElseGet(() -> Pin.of(new char[0]))) {
            settings.keyStore().ifPresent(file -> builder.clientKey(file, keys));
            return builder.open();
        } catch (GeneralSecurityException | IOException e) {
            throw new TokenUnavailableException(
                    Status.ckr("CKR_DEVICE_ERROR"), "TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static Optional<Pin> read(Optional<SecretReference> reference) throws TokenException {
        try {
            return reference.isPresent() ? Optional.of(reference.get().read()) : Optional.empty();
        } catch (ConfigurationException e) {
            throw new TokenUnavailableException(Status.ckr("CKR_DEVICE_ERROR"), String.valueOf(e.getMessage()), e);
        }
    }

    TokenSettings settings() {
        return settings;
    }

    ServerUri uri() {
        return uri;
    }

    ServerMemory memory() {
        return memory;
    }

    KmipVersion version(Deadline deadline) throws TokenException {
        return client.within(deadline.remaining()).version();
    }

    /** Returns what signs, in the way that the server was found to understand. */
    KmipSigner signer(Deadline deadline) throws TokenException {
        deadline.check("the server");
        return signer.within(deadline.remaining());
    }

    /** Asks for one thing. */
    <R extends KmipResponse> R call(KmipRequest<R> request, Deadline deadline) throws TokenException {
        deadline.check("the server");
        return client.within(deadline.remaining()).call(request);
    }

    /** Asks for several things that do not depend on each other, in batches where the server takes them. */
    <R extends KmipResponse> List<Outcome<R>> all(List<? extends KmipRequest<R>> requests, Deadline deadline)
            throws TokenException {
        List<Outcome<R>> outcomes = new ArrayList<>();
        int step = settings.pageSize();
        for (int from = 0; from < requests.size(); from += step) {
            outcomes.addAll(page(requests.subList(from, Math.min(from + step, requests.size())), deadline));
        }
        return outcomes;
    }

    private <R extends KmipResponse> List<Outcome<R>> page(List<? extends KmipRequest<R>> requests, Deadline deadline)
            throws TokenException {
        if (requests.size() > 1 && memory.batches()) {
            try {
                return batch(requests, deadline);
            } catch (TokenOperationException e) {
                if (!e.status().name().equals(ResultReason.RESPONSE_TOO_LARGE.xmlName())) {
                    throw e;
                }
                int half = requests.size() / 2;
                List<Outcome<R>> outcomes = new ArrayList<>(page(requests.subList(0, half), deadline));
                outcomes.addAll(page(requests.subList(half, requests.size()), deadline));
                return outcomes;
            } catch (TokenProtocolException e) {
                LOG.debug("The server takes no batches that go on after a failure: {}", e.getMessage());
                memory.noBatches();
            }
        }
        List<Outcome<R>> outcomes = new ArrayList<>();
        for (KmipRequest<R> request : requests) {
            outcomes.add(outcome(() -> call(request, deadline)));
        }
        return outcomes;
    }

    private <R extends KmipResponse> List<Outcome<R>> batch(List<? extends KmipRequest<R>> requests, Deadline deadline)
            throws TokenException {
        deadline.check("the server");
        KmipBatch batch = client.within(deadline.remaining()).batch().onError(BatchErrorContinuationOption.CONTINUE);
        List<KmipBatch.Answer<R>> answers = new ArrayList<>();
        for (KmipRequest<R> request : requests) {
            answers.add(batch.add(request));
        }
        batch.send();
        List<Outcome<R>> outcomes = new ArrayList<>();
        for (KmipBatch.Answer<R> answer : answers) {
            outcomes.add(outcome(answer::get));
        }
        return outcomes;
    }

    /** What brings an answer. */
    @FunctionalInterface
    private interface Answer<R> {
        R get() throws TokenException;
    }

    private static <R> Outcome<R> outcome(Answer<R> answer) {
        try {
            return Outcome.success(answer.get());
        } catch (TokenException e) {
            return Outcome.failure(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

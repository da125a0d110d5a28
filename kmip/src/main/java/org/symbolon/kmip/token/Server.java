package org.symbolon.kmip.token;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Deadline;
import org.symbolon.Outcome;
import org.symbolon.Pin;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SecretReference;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipClientBuilder;
import org.symbolon.kmip.KmipSigner;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.ttlv.KmipVersion;

/** A server as one client asks it, with what was learnt of it. Thread-safe. */
final class Server implements AutoCloseable {
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
            deadline.check("the server");
            outcomes.addAll(client.within(deadline.remaining())
                    .callAll(requests.subList(from, Math.min(from + step, requests.size()))));
        }
        return outcomes;
    }

    /** Asks for things of several kinds that do not depend on each other. */
    @SuppressWarnings("unchecked") // only who asked knows of which class each response is
    List<Outcome<KmipResponse>> mixed(List<? extends KmipRequest<?>> requests, Deadline deadline)
            throws TokenException {
        return all((List<KmipRequest<KmipResponse>>) (List<?>) requests, deadline);
    }

    @Override
    public void close() {
        client.close();
    }
}

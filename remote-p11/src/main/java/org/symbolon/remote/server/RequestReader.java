package org.symbolon.remote.server;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.MalformedMessageException;
import org.symbolon.remote.rpc.RpcCodec;

/**
 * Decodes the requests of one client.
 *
 * <p>p11-kit's releases write mechanisms and the buffers of templates differently under the same version of the protocol. So a
 * request is read in the form of the version that the client sent first; if that leaves bytes over or misses some, in the
 * other forms. Not thread-safe.
 */
final class RequestReader {
    private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);

    private final List<RpcCodec> forms;

    private RequestReader(List<RpcCodec> forms) {
        this.forms = forms;
    }

    /** Returns the reader for a client that offered a version. */
    static RequestReader of(int version) {
        List<Dialect> dialects = version >= Dialect.NEWEST
                ? List.of(Dialect.V2, Dialect.V2.with(Dialect.Mechanisms.OLD))
                : version == 1
                        ? List.of(Dialect.V1, Dialect.V1_NESTED, Dialect.V1.with(Dialect.Mechanisms.NEW))
                        : List.of(Dialect.V0, Dialect.V0.with(Dialect.Mechanisms.NEW));
        return new RequestReader(dialects.stream().map(RpcCodec::new).toList());
    }

    /** Returns the reader for a client of ours, which may have been told how to write mechanisms. */
    static RequestReader of(Dialect dialect) {
        Dialect.Mechanisms other =
                dialect.mechanisms() == Dialect.Mechanisms.NEW ? Dialect.Mechanisms.OLD : Dialect.Mechanisms.NEW;
        return new RequestReader(List.of(new RpcCodec(dialect), new RpcCodec(dialect.with(other))));
    }

    /** Decodes a request. */
    Request read(byte[] body) throws MalformedMessageException {
        RpcCodec.Decoded usual = null;
        for (RpcCodec form : forms) {
            Optional<RpcCodec.Decoded> decoded = tryOut(form, body);
            if (decoded.isPresent() && decoded.get().bytesLeft() == 0) {
                return new Request(decoded.get().message());
            }
            usual = usual == null ? decoded.orElse(null) : usual;
        }
        // bytes after the last argument are tolerated, as p11-kit does; in no form at all it is the usual one's mistake
        return new Request((usual == null ? forms.get(0).decodeRequest(body) : usual).message());
    }

    private static Optional<RpcCodec.Decoded> tryOut(RpcCodec form, byte[] body) {
        try {
            return Optional.of(form.decodeRequest(body));
        } catch (MalformedMessageException e) {
            LOG.trace("a request does not decode in one of the forms: {}", e.getMessage());
            return Optional.empty();
        }
    }
}

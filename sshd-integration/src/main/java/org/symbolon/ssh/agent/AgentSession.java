package org.symbolon.ssh.agent;

import java.util.List;
import java.util.Optional;
import org.symbolon.Attributes;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.ObjectCursor;
import org.symbolon.Operation;
import org.symbolon.SessionInfo;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestHandler;
import org.symbolon.spi.SessionSpi;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignatureAlgorithm;

/**
 * What a session with an agent does: it finds keys, asking the agent each time, and signs.
 *
 * @param token the agent
 * @param info what the session is
 */
record AgentSession(AgentToken token, SessionInfo info) implements SessionSpi, RequestHandler {
    @Override
    public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
        return request.dispatch(this, options);
    }

    @Override
    public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
        throw new TokenOperationException(
                Status.ckr("CKR_FUNCTION_NOT_SUPPORTED"), "an agent is given the whole message at once");
    }

    @Override
    public SessionSpi login(Login login, CallOptions options) throws TokenException {
        return token.open(login, info.readOnly(), options);
    }

    @Override
    public ObjectCursor find(Request.Find request, CallOptions options) throws TokenException {
        Attributes query = request.query().attributes();
        return ObjectCursor.of(token.listing().now(options.deadline()).stream()
                .map(AgentObject::object)
                .filter(object -> object.attributes().withAll(query).equals(object.attributes()))
                .limit(request.query().limit())
                .toList());
    }

    @Override
    public Attributes getAttributes(Request.GetAttributes request, CallOptions options) throws TokenException {
        return token.listing()
                .find(request.target().id(), options.deadline())
                .object()
                .attributes();
    }

    @Override
    public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
        SshPublicKey key = token.listing()
                .find(request.key().id(), options.deadline())
                .key()
                .orElseThrow(() -> new TokenOperationException(
                        Status.ckr("CKR_KEY_TYPE_INCONSISTENT"), "keys of FIDO authenticators sign for SSH only"));
        SshSignatureAlgorithm algorithm = algorithm(key, request.algorithm());
        return token.client()
                .sign(AgentObject.blob(key), algorithm, request.data().sharedArray(), options.deadline())
                .toPlain();
    }

    private static SshSignatureAlgorithm algorithm(SshPublicKey key, Mechanism mechanism)
            throws MechanismNotSupportedException {
        List<SshSignatureAlgorithm> algorithms = key.type().signatureAlgorithms();
        Optional<SshSignatureAlgorithm> found = algorithms.stream()
                .filter(each -> type(each).equals(mechanism.type()))
                .findFirst();
        return found.orElseThrow(() -> new MechanismNotSupportedException(
                Status.ckr("CKR_MECHANISM_INVALID"),
                "an agent signs with " + key.type().wireName() + " keys by "
                        + algorithms.stream().map(AgentSession::type).toList()));
    }

    private static MechanismType type(SshSignatureAlgorithm algorithm) {
        return MechanismTable.bySshName(algorithm.wireName())
                .map(MechanismTable.Row::type)
                .orElseThrow(() -> new AssertionError("The table of mechanisms lacks " + algorithm.wireName()));
    }

    @Override
    public void close() {}
}

package org.symbolon.kmip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.Outcome;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.RevocationReasonCode;
import org.symbolon.kmip.enumeration.ValidityIndicator;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.CryptographicParameters;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.RevocationReason;
import org.symbolon.kmip.object.Ticket;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.Destroy;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Login;
import org.symbolon.kmip.operation.Logout;
import org.symbolon.kmip.operation.Register;
import org.symbolon.kmip.operation.Revoke;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.operation.SignatureVerify;
import org.symbolon.kmip.ttlv.KmipVersion;

/**
 * A client of a KMIP server: {@link #call} does any operation of KMIP 1.0 to 2.1, the other methods the common ones in fewer words.
 *
 * <p>Thread-safe: calls of several threads use several connections. The version is agreed on with the first call to each node. Each
 * call blocks for at most the client's timeout, connecting included, and answers interruption; then its connection is closed, be it
 * in the middle of a message.
 *
 * <p>Get, Get Attributes and Sign of threads that call at the same time travel as one message where that is faster; each is answered, and
 * fails, by itself.
 *
 * <p>Calls go to the first node that is not down. What a node has certainly not received is sent to the next. Where an answer was
 * lost, what leaves nothing behind is asked again, of another node too; a Create, Create Key Pair or Register with a Name is looked for
 * by it, and sent again only if it was not done. If nobody can say what became of a call, its {@link
 * org.symbolon.TokenUnavailableException} has a {@link MaybeDoneException} as cause.
 *
 * <p><b>Security guarantees.</b> TLS 1.3 or 1.2; the server's certificate is checked against its name, always. What is logged has
 * names and lengths, never values.
 */
public final class KmipClient implements AutoCloseable {
    private static final int MAX_CORRELATION = 256;

    private final ClientParts parts;
    private final Duration timeout;
    private final boolean usesRepeatable;
    private final Optional<String> correlation;
    private final Optional<Ticket> ticket;

    KmipClient(ClientParts parts, Duration timeout) {
        this(parts, timeout, false, Optional.empty(), Optional.empty());
    }

    private KmipClient(
            ClientParts parts,
            Duration timeout,
            boolean usesRepeatable,
            Optional<String> correlation,
            Optional<Ticket> ticket) {
        this.parts = parts;
        this.timeout = timeout;
        this.usesRepeatable = usesRepeatable;
        this.correlation = correlation;
        this.ticket = ticket;
    }

    /**
     * Returns a builder of clients of a server.
     *
     * @param host its name or address, which its certificate has to have
     * @return the builder
     */
    public static KmipClientBuilder builder(String host) {
        return new KmipClientBuilder(host);
    }

    /**
     * Returns this client with another timeout. It shares the connections; closing either closes both.
     *
     * @param other how long a call blocks at most, more than zero
     * @return the client
     */
    public KmipClient within(Duration other) {
        return new KmipClient(parts, other, usesRepeatable, correlation, ticket);
    }

    /**
     * Returns this client for keys whose uses are not counted: Sign, MAC, Encrypt and Decrypt are then repeated, as reading is, when
     * an answer was lost. It shares the connections; closing either closes both.
     *
     * @return the client, for keys without Usage Limits
     */
    public KmipClient repeatingUses() {
        return new KmipClient(parts, timeout, true, correlation, ticket);
    }

    /**
     * Returns this client with a Client Correlation Value of the caller, such as the identifier of a trace, in place of numbers. Nodes
     * that speak a version before 1.4, or refuse such values, get none. It shares the connections; closing either closes both.
     *
     * @param value what the server is to note, 1 to 256 characters
     * @return the client
     */
    public KmipClient correlated(String value) {
        if (value.isEmpty() || value.length() > MAX_CORRELATION) {
            throw new IllegalArgumentException(
                    "a correlation value has 1 to " + MAX_CORRELATION + " characters, not " + value.length());
        }
        return new KmipClient(parts, timeout, usesRepeatable, Optional.of(value), ticket);
    }

    /**
     * Logs in, and returns this client with the server's ticket in place of the credentials (KMIP 2.0 and later). It shares the
     * connections; closing either closes both.
     *
     * @param lease for how long the ticket is to be good; the server may give less
     * @return the client, whose {@link #logout()} ends the ticket
     * @throws TokenException if the server refuses it
     */
    public KmipClient login(Duration lease) throws TokenException {
        Ticket given = call(new Login.Request(lease, null, null)).ticket();
        return new KmipClient(parts, timeout, usesRepeatable, correlation, Optional.of(given));
    }

    /**
     * Ends the ticket of {@link #login}.
     *
     * @throws TokenException if the server refuses it
     * @throws IllegalStateException if this client has no ticket
     */
    public void logout() throws TokenException {
        call(new Logout.Request(ticket.orElseThrow(() -> new IllegalStateException("this client has not logged in"))));
    }

    /**
     * Returns the version in which the server is spoken to, after asking it if that was not done.
     *
     * @return the version
     * @throws TokenException if the server cannot be asked, or speaks no version that this client does
     */
    public KmipVersion version() throws TokenException {
        return parts.failover().version(Deadline.after(timeout));
    }

    /**
     * Does an operation.
     *
     * @param request what is asked
     * @param <R> what comes back
     * @return the response
     * @throws TokenException if the server refuses it, with the server's result reason; or cannot be asked
     */
    @SuppressWarnings("unchecked") // the response is of the class that the request's operation has
    public <R extends KmipResponse> R call(KmipRequest<R> request) throws TokenException {
        Optional<GroupCommit> group = parts.group();
        Optional<JoinKind> kind = group.isEmpty() || ticket.isPresent() ? Optional.empty() : JoinKind.of(request);
        if (kind.isPresent()) {
            return (R) group.orElseThrow().call(kind.get(), request, scope()).get();
        }
        KmipBatch batch = batch();
        KmipBatch.Answer<R> answer = batch.add(request);
        batch.send();
        return answer.get();
    }

    /**
     * Does operations that do not depend on each other, in messages of many where the server takes them.
     *
     * @param requests what is asked; nothing in it refers to another
     * @param <R> what comes back of each
     * @return what came of each, in their order
     * @throws TokenException if the server cannot be asked
     */
    public <R extends KmipResponse> List<Outcome<R>> callAll(List<? extends KmipRequest<R>> requests)
            throws TokenException {
        return new CallSeries<R>(parts.failover(), scope()).of(requests);
    }

    /** {@return an empty batch, for operations that travel together} */
    public KmipBatch batch() {
        return new KmipBatch(this);
    }

    List<Exchange.Outcome> send(List<KmipRequest<?>> requests, Exchange.BatchOptions options) throws TokenException {
        return parts.failover().send(requests, options, scope());
    }

    private CallScope scope() {
        return new CallScope(Deadline.after(timeout), usesRepeatable, correlation, ticket);
    }

    /**
     * Makes an object on the server.
     *
     * @param type what it is, such as {@link ObjectType#SYMMETRIC_KEY}
     * @param attributes what is said of it: algorithm, length, usage mask at least
     * @return its identifier
     * @throws TokenException if the server refuses it
     */
    public UniqueIdentifier create(ObjectType type, Attributes attributes) throws TokenException {
        return call(new Create.Request(type, attributes, null)).uniqueIdentifier();
    }

    /**
     * Makes a key pair on the server.
     *
     * @param common what is said of both keys
     * @param privateKey what is said of the private key
     * @param publicKey what is said of the public key
     * @return the identifiers of both
     * @throws TokenException if the server refuses it
     */
    public CreateKeyPair.Response createKeyPair(Attributes common, Attributes privateKey, Attributes publicKey)
            throws TokenException {
        return call(new CreateKeyPair.Request(common, privateKey, publicKey, null, null, null));
    }

    /**
     * Puts an object on the server.
     *
     * @param object the object
     * @param attributes what is said of it
     * @return its identifier
     * @throws TokenException if the server refuses it
     */
    public UniqueIdentifier register(ManagedObject object, Attributes attributes) throws TokenException {
        return call(new Register.Request(object.objectType(), attributes, object, null))
                .uniqueIdentifier();
    }

    /**
     * Gets an object in the format that the server has it in.
     *
     * @param id which
     * @return the object; secrets in it belong to the caller, who closes them
     * @throws TokenException if there is none, or it does not leave the server
     */
    public ManagedObject get(UniqueIdentifier id) throws TokenException {
        Get.Response response = call(new Get.Request(id, null, null, null, null));
        if (!response.uniqueIdentifier().equals(id)) {
            throw unexpected("Get of " + id + " brought " + response.uniqueIdentifier());
        }
        return response.object();
    }

    /**
     * Gets what is said of an object.
     *
     * @param id which
     * @param types which attributes; none for all
     * @return the attributes that it has
     * @throws TokenException if there is no such object
     */
    public Attributes getAttributes(UniqueIdentifier id, AttributeType<?>... types) throws TokenException {
        return call(new GetAttributes.Request(id, List.of(types))).attributes();
    }

    /**
     * Finds objects. Whoever uses one checks first what it is: servers ignore what they do not know.
     *
     * @param wanted what all of them have; nothing for every object
     * @return their identifiers, each once
     * @throws TokenException if the server refuses it
     */
    public List<UniqueIdentifier> locate(Attributes wanted) throws TokenException {
        return new ArrayList<>(new LinkedHashSet<>(
                call(new Locate.Request(null, null, null, null, wanted)).uniqueIdentifiers()));
    }

    /**
     * Makes an object active, so that it can be used.
     *
     * @param id which
     * @throws TokenException if it is not pre-active
     */
    public void activate(UniqueIdentifier id) throws TokenException {
        call(new Activate.Request(id));
    }

    /**
     * Ends the use of an object.
     *
     * @param id which
     * @param reason why; {@link RevocationReasonCode#KEY_COMPROMISE} works in every state
     * @throws TokenException if the server refuses it
     */
    public void revoke(UniqueIdentifier id, RevocationReasonCode reason) throws TokenException {
        call(new Revoke.Request(id, new RevocationReason(reason, null), null));
    }

    /**
     * Destroys an object.
     *
     * @param id which
     * @throws TokenException if it is active, or there is none
     */
    public void destroy(UniqueIdentifier id) throws TokenException {
        call(new Destroy.Request(id));
    }

    /**
     * Signs.
     *
     * @param privateKey with which key, which is active
     * @param parameters how
     * @param data the message, which the server hashes; not modified
     * @return the signature as the server makes it: of {@link CryptographicAlgorithm#ECDSA} in DER or raw
     * @throws TokenException if the server refuses it
     */
    public Bytes sign(UniqueIdentifier privateKey, CryptographicParameters parameters, Bytes data)
            throws TokenException {
        Sign.Response response = call(new Sign.Request(privateKey, parameters, data, null, null, null, null));
        if (response.signatureData() == null) {
            throw unexpected("Sign with " + privateKey + " brought no signature");
        }
        return response.signatureData();
    }

    /**
     * Verifies a signature on the server.
     *
     * @param publicKey with which key
     * @param parameters how
     * @param data the message
     * @param signature what is said to be its signature
     * @return whether it is
     * @throws TokenException if the server cannot tell
     */
    public boolean verify(UniqueIdentifier publicKey, CryptographicParameters parameters, Bytes data, Bytes signature)
            throws TokenException {
        ValidityIndicator validity = call(new SignatureVerify.Request(
                        publicKey, parameters, data, null, signature, null, null, null))
                .validityIndicator();
        if (ValidityIndicator.VALID.equals(validity)) {
            return true;
        }
        if (ValidityIndicator.INVALID.equals(validity)) {
            return false;
        }
        throw unexpected("SignatureVerify with " + publicKey + " says neither valid nor invalid");
    }

    private static TokenProtocolException unexpected(String problem) {
        return (TokenProtocolException) ResultKind.exception(ResultReason.INVALID_MESSAGE, problem, "");
    }

    /** Closes the connections and wipes the credentials. Idempotent; any call afterwards is an IllegalStateException. */
    @Override
    public void close() {
        parts.close();
    }
}

package org.symbolon.kmip;

import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.key.SignatureForm;
import org.symbolon.kmip.operation.Sign;
import org.symbolon.kmip.ttlv.KmipVersion;

/**
 * Signs with keys on a server, by the mechanisms of PKCS #11. How a server wants to be asked (which Cryptographic Parameters, EC or
 * ECDSA, the message or its digest) is found with the first signature and remembered, for each type of key and kind of
 * signature; whether it answers ECDSA in DER or raw is seen in each answer.
 *
 * <p>The first signature in each way of asking is verified if the public key is known. A refusal that no other way of asking could
 * change (the key is not active, is not there, may not sign) ends the search and is what the caller sees; if every way is
 * refused, it is the refusal of the first. With a key whose uses are counted, only refusals that say that nothing was done lead
 * on.
 *
 * <p>Thread-safe. Blocks as the client does.
 */
public final class KmipSigner {
    private static final Logger LOG = LoggerFactory.getLogger(KmipSigner.class);
    private static final String OPERATION_NOT_SUPPORTED = ResultReason.OPERATION_NOT_SUPPORTED.xmlName();

    private final KmipClient client;
    private final boolean verifiesEach;
    private final Map<Subject, SignDialect> spoken;

    /** What a dialect is remembered for. */
    private record Subject(KmipVersion version, KeyType type, SignatureScheme.Kind kind, boolean takesMessage) {}

    /**
     * Makes a signer that knows no dialect yet.
     *
     * @param client of the server; stays the caller's
     */
    public KmipSigner(KmipClient client) {
        this(client, false, new ConcurrentHashMap<>());
    }

    private KmipSigner(KmipClient client, boolean verifiesEach, Map<Subject, SignDialect> spoken) {
        this.client = client;
        this.verifiesEach = verifiesEach;
        this.spoken = spoken;
    }

    /** {@return a signer with the same memory, which verifies every signature of a key whose public key is known} */
    public KmipSigner verifyingEach() {
        return new KmipSigner(client, true, spoken);
    }

    /**
     * Returns a signer with the same memory and another timeout.
     *
     * @param timeout how long a signature takes at most, more than zero
     * @return the signer
     */
    public KmipSigner within(Duration timeout) {
        return new KmipSigner(client.within(timeout), verifiesEach, spoken);
    }

    /**
     * Signs.
     *
     * @param key with which key
     * @param mechanism how, such as {@link Mechanism#ECDSA_SHA256}; those that take a digest need KMIP 1.4
     * @param data the message, or what PKCS #11 gives the mechanism in its place: a digest, and for CKM_RSA_PKCS a DigestInfo
     * @return the signature as the mechanism defines it (ECDSA: r‖s; PKCS #11 v3.1 section 6.3.1)
     * @throws MechanismNotSupportedException if KMIP or the server does not sign so
     * @throws TokenProtocolException if what came back is no signature of this key over the data
     * @throws TokenException if the server refuses it, or cannot be asked
     */
    public Bytes sign(SigningKey key, Mechanism mechanism, Bytes data) throws TokenException {
        SignatureScheme scheme = SignatureScheme.of(mechanism, key.type(), data);
        KmipVersion version = client.version();
        Subject subject = new Subject(version, key.type(), scheme.kind(), scheme.takesMessage());
        SignDialect known = spoken.get(subject);
        if (known == null) {
            return search(subject, null, null, new Attempt(key, scheme, data));
        }
        Attempt attempt = new Attempt(key, scheme, data);
        try {
            return attempt.in(known, verifiesEach);
        } catch (TokenException e) {
            if (!mayDependOnDialect(e, key)) {
                throw e;
            }
            return search(subject, known, e, attempt);
        }
    }

    /**
     * Signs, and returns signatures of ECDSA in DER, as the JCA and X.509 have them.
     *
     * @param key with which key
     * @param mechanism how
     * @param data as for {@link #sign}
     * @return the signature
     * @throws TokenException as from {@link #sign}
     */
    public Bytes signDer(SigningKey key, Mechanism mechanism, Bytes data) throws TokenException {
        Bytes signature = sign(key, mechanism, data);
        return key.type().equals(KeyType.EC) ? Bytes.wrap(SignatureForm.toDer(signature.toByteArray())) : signature;
    }

    /** Tries the dialects in turn, but that which was refused before. */
    private Bytes search(
            Subject subject, @Nullable SignDialect refused, @Nullable TokenException refusal, Attempt attempt)
            throws TokenException {
        TokenException first = refusal;
        for (SignDialect dialect : SignDialect.of(attempt.scheme, subject.version())) {
            boolean blind =
                    dialect.leavesTheChoice(attempt.scheme) && (!attempt.canProve() || attempt.key.usesAreCounted());
            if (blind || dialect.equals(refused)) {
                continue;
            }
            try {
                Bytes signature = attempt.in(dialect, true);
                spoken.put(subject, dialect);
                LOG.debug("signatures of {} are asked for with {}", subject, dialect);
                return signature;
            } catch (TokenException e) {
                if (!mayDependOnDialect(e, attempt.key)) {
                    throw e;
                }
                LOG.debug("{} is not understood: {}", dialect, e.getMessage());
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        throw first == null
                ? new MechanismNotSupportedException(
                        Status.ckr("CKR_MECHANISM_INVALID"),
                        "KMIP " + subject.version() + " has no way to ask for " + attempt.scheme
                                + (attempt.scheme.takesMessage() ? "" : ": digests are signed from KMIP 1.4 on"))
                : first;
    }

    /** Whether another dialect may be understood, and nothing was done yet that a counted use would be lost to. */
    private static boolean mayDependOnDialect(TokenException e, SigningKey key) {
        if (e instanceof MechanismNotSupportedException) {
            return !e.status().name().equals(OPERATION_NOT_SUPPORTED);
        }
        return e instanceof InvalidAttributeException
                || (!key.usesAreCounted()
                        && (e instanceof TokenOperationException || e instanceof TokenProtocolException));
    }

    /** A signature that is asked for. */
    private final class Attempt {
        private final SigningKey key;
        private final SignatureScheme scheme;
        private final Bytes data;

        Attempt(SigningKey key, SignatureScheme scheme, Bytes data) {
            this.key = key;
            this.scheme = scheme;
            this.data = data;
        }

        boolean canProve() {
            return key.publicKey().isPresent() && (scheme.takesMessage() || scheme.kind() != SignatureScheme.Kind.PSS);
        }

        Bytes in(SignDialect dialect, boolean proven) throws TokenException {
            Bytes digest = dialect.digested() ? scheme.digest(data).orElse(null) : null;
            Sign.Response response = client.call(new Sign.Request(
                    key.id(),
                    dialect.of(scheme, edwardsAlgorithm()),
                    digest == null ? data : null,
                    digest,
                    null,
                    null,
                    null));
            Bytes signature = raw(response.signatureData());
            Optional<PublicKey> publicKey = key.publicKey();
            SignatureProof proof = publicKey.isPresent() && (proven || dialect.leavesTheChoice(scheme))
                    ? SignatureProof.of(publicKey.get(), scheme, data, signature)
                    : SignatureProof.UNKNOWN;
            if (proof == SignatureProof.INVALID
                    || (proof == SignatureProof.UNKNOWN && dialect.leavesTheChoice(scheme))) {
                throw mismatch("what it brought is no " + scheme.kind() + " signature of this key over the data");
            }
            return signature;
        }

        private String edwardsAlgorithm() {
            boolean is448 = key.publicKey()
                    .filter(each -> each instanceof EdECPublicKey edwards
                            && edwards.getParams().getName().equals("Ed448"))
                    .isPresent();
            return (is448 ? CryptographicAlgorithm.ED448 : CryptographicAlgorithm.ED25519).xmlName();
        }

        private Bytes raw(@Nullable Bytes signature) throws TokenProtocolException {
            if (signature == null) {
                throw mismatch("it brought no signature");
            }
            if (!key.type().equals(KeyType.EC)) {
                return signature;
            }
            try {
                return Bytes.wrap(SignatureForm.toRaw(signature.toByteArray(), key.fieldBytes()));
            } catch (InvalidAttributeException e) {
                throw new TokenProtocolException(
                        e.status(),
                        "Sign with " + key.id() + ": a signature of " + signature.length()
                                + " bytes is neither raw, which has " + 2 * key.fieldBytes() + ", nor DER",
                        e);
            }
        }

        private TokenProtocolException mismatch(String problem) {
            return new TokenProtocolException(
                    new Status("InvalidMessage", 4), "Sign with " + key.id() + ": " + problem);
        }
    }
}

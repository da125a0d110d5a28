package org.symbolon.kmip.token;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismTable;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;
import org.symbolon.TokenProtocolException;
import org.symbolon.kmip.enumeration.State;
import org.symbolon.kmip.enumeration.ValidityIndicator;
import org.symbolon.kmip.operation.Activate;
import org.symbolon.kmip.operation.Decrypt;
import org.symbolon.kmip.operation.Encrypt;
import org.symbolon.kmip.operation.Mac;
import org.symbolon.kmip.operation.MacVerify;
import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.spi.Request;

/** Private and secret keys in use: on the server, or here where they may leave it. Thread-safe. */
final class ServerKeys {
    /** What servers take, less what is around it. */
    private static final int LONGEST_REQUEST = (1 << 20) - 4096;

    private final SessionAccess access;
    private final LocalKeys local;
    private final KeyFacts facts;

    ServerKeys(SessionAccess access, LocalKeys local, KeyFacts facts) {
        this.access = access;
        this.local = local;
        this.facts = facts;
    }

    /** What the server does with a key. */
    @FunctionalInterface
    interface OnServer<R> {
        R with(ServedObject key, CryptoParameters parameters) throws TokenException;
    }

    byte[] sign(Request.Sign request, Deadline deadline) throws TokenException {
        return use(
                request,
                deadline,
                (key, parameters) -> key.objectClass().equals(ObjectClass.SECRET_KEY)
                        ? mac(key, parameters.mac(type(key), request.algorithm()), request.data(), deadline)
                        : signature(key, request, deadline));
    }

    private byte[] mac(
            ServedObject key,
            org.symbolon.kmip.object.CryptographicParameters parameters,
            Bytes data,
            Deadline deadline)
            throws TokenException {
        return present(
                access.server()
                        .call(new Mac.Request(key.id(), parameters, data, null, null, null), deadline)
                        .macData(),
                "MAC");
    }

    private byte[] signature(ServedObject key, Request.Sign request, Deadline deadline) throws TokenException {
        boolean takesDigests = access.server().version(deadline).isAtLeast(KmipVersion.V1_4);
        LongMessage message = LongMessage.of(request.algorithm(), request.data(), takesDigests);
        Mechanism mechanism = message.mechanism();
        Bytes data = message.data();
        if (data.length() > LONGEST_REQUEST) {
            throw new TokenOperationException(
                    Status.ckr("CKR_DATA_LEN_RANGE"),
                    "a message of more than " + LONGEST_REQUEST
                            + " bytes is signed by its digest, for which KMIP has a field" + " since 1.4");
        }
        return access.server()
                .signer(deadline)
                .sign(facts.signingKey(key), mechanism, data)
                .toByteArray();
    }

    byte[] encrypt(Request.Encrypt request, Deadline deadline) throws TokenException {
        return use(request, deadline, (key, parameters) -> {
            CryptoParameters.Ciphering how = parameters.ciphering(type(key), request.algorithm());
            Encrypt.Response response = access.server()
                    .call(
                            new Encrypt.Request(
                                    key.id(),
                                    how.parameters(),
                                    request.data(),
                                    how.iv(),
                                    null,
                                    null,
                                    null,
                                    how.additionalData()),
                            deadline);
            byte[] ciphertext = present(response.data(), "ciphertext");
            if (how.tagBytes() == 0) {
                return ciphertext;
            }
            byte[] tag = present(response.authenticatedEncryptionTag(), "tag");
            byte[] whole = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
            System.arraycopy(tag, 0, whole, ciphertext.length, tag.length);
            return whole;
        });
    }

    byte[] decrypt(Request.Decrypt request, Deadline deadline) throws TokenException {
        return use(request, deadline, (key, parameters) -> {
            CryptoParameters.Ciphering how = parameters.ciphering(type(key), request.algorithm());
            byte[] whole = request.data().toByteArray();
            int length = Math.max(0, whole.length - how.tagBytes());
            Decrypt.Response response = access.server()
                    .call(
                            new Decrypt.Request(
                                    key.id(),
                                    how.parameters(),
                                    Bytes.wrap(Arrays.copyOf(whole, length)),
                                    how.iv(),
                                    null,
                                    null,
                                    null,
                                    how.additionalData(),
                                    how.tagBytes() == 0
                                            ? null
                                            : Bytes.wrap(Arrays.copyOfRange(whole, length, whole.length))),
                            deadline);
            return present(response.data(), "plaintext");
        });
    }

    private static byte[] present(@Nullable Bytes answer, String what) throws TokenException {
        if (answer == null) {
            throw new TokenProtocolException(Status.ckr("CKR_DEVICE_ERROR"), "the server answered without the " + what);
        }
        byte[] bytes = answer.toByteArray();
        if (answer instanceof SecretBytes secret) {
            secret.close();
        }
        return bytes;
    }

    /** Checks a code on the server, by making it again, or here where the key may leave. */
    Boolean verify(ServedObject key, Request.Verify request, Deadline deadline) throws TokenException {
        if (!key.objectClass().equals(ObjectClass.SECRET_KEY)) {
            return local.use(key, request, deadline);
        }
        return use(request, deadline, (served, parameters) -> {
            MacVerify.Response response = access.server()
                    .call(
                            new MacVerify.Request(
                                    served.id(),
                                    parameters.mac(type(served), request.algorithm()),
                                    request.data(),
                                    request.signature(),
                                    null,
                                    null,
                                    null),
                            deadline);
            return ValidityIndicator.VALID.equals(response.validityIndicator());
        });
    }

    /** Refuses to bring a key here that does not leave the server, for what servers do not do. */
    void requireHere(ServedObject key, Request.WithKey<?> request) throws TokenException {
        boolean isPublic = key.objectClass().equals(ObjectClass.PUBLIC_KEY);
        boolean serverOnly = access.server().settings().crypto() == TokenSettings.Crypto.SERVER;
        if (!isPublic && (serverOnly || !key.shown().isTrue(Attribute.EXTRACTABLE))) {
            throw Refusals.mechanism(
                    request.verb() + " with " + request.algorithm().type()
                            + " is not done on the server, and the key "
                            + (serverOnly ? "is used there only (crypto: server)" : "does not leave it"));
        }
    }

    ServedObject key(KeyObject key, Request<?> request, Deadline deadline) throws TokenException {
        ServedObject served = facts.of(key, deadline);
        Optional<Attribute<Boolean>> use = request.usage();
        if (use.isPresent() && !served.shown().isTrue(use.get())) {
            throw Refusals.permission("CKR_KEY_FUNCTION_NOT_PERMITTED", use.get() + " of the key is not set");
        }
        Mechanism mechanism = request.mechanism().orElseThrow();
        boolean fits = MechanismTable.row(mechanism.type())
                .filter(row -> !row.keyTypes().isEmpty() && !row.keyTypes().contains(type(served)))
                .isEmpty();
        if (!fits) {
            throw new MechanismNotSupportedException(
                    Status.ckr("CKR_KEY_TYPE_INCONSISTENT"),
                    mechanism.type() + " is not for keys of type " + type(served));
        }
        boolean allowed = served.shown()
                .find(Attribute.ALLOWED_MECHANISMS)
                .filter(set -> !set.contains(mechanism.type()))
                .isEmpty();
        if (!allowed) {
            throw Refusals.permission(
                    "CKR_KEY_FUNCTION_NOT_PERMITTED",
                    mechanism.type() + " is not among CKA_ALLOWED_MECHANISMS of the key");
        }
        return served;
    }

    /** What is done with a key here. */
    @FunctionalInterface
    interface Here<R> {
        R with(ServedObject key) throws TokenException;
    }

    private <R> R use(Request.WithKey<R> request, Deadline deadline, OnServer<R> onServer) throws TokenException {
        return use(request, deadline, onServer, key -> local.use(key, request, deadline));
    }

    /** Does something on the server, or here as the settings and what the server can do say. */
    <R> R use(Request.WithKey<R> request, Deadline deadline, OnServer<R> onServer, Here<R> here) throws TokenException {
        ServedObject key = key(request.key(), request, deadline);
        TokenSettings.Crypto where = access.server().settings().crypto();
        boolean mayLeave = key.shown().isTrue(Attribute.EXTRACTABLE);
        if (where == TokenSettings.Crypto.LOCAL && mayLeave) {
            return here.with(key);
        }
        String what = request.verb() + " " + request.algorithm().type() + " " + type(key);
        boolean mayTry = !(where == TokenSettings.Crypto.AUTO
                && mayLeave
                && access.server().memory().cannot(what));
        if (mayTry) {
            try {
                CryptoParameters parameters =
                        new CryptoParameters(access.server().version(deadline));
                return onServer(key, deadline, () -> onServer.with(key, parameters));
            } catch (MechanismNotSupportedException e) {
                if (where != TokenSettings.Crypto.AUTO || !mayLeave) {
                    throw e;
                }
                access.server().memory().learntThatItCannot(what);
            }
        }
        return here.with(key);
    }

    /** What is asked of the server. */
    @FunctionalInterface
    private interface Call<R> {
        R run() throws TokenException;
    }

    /** Says which state a key is in that is refused, or activates it where that is wanted. */
    private <R> R onServer(ServedObject key, Deadline deadline, Call<R> call) throws TokenException {
        try {
            return call.run();
        } catch (TokenPermissionException e) {
            State state = access.reader().require(key.id().text(), deadline).state();
            if (state.equals(State.ACTIVE)) {
                throw new TokenPermissionException(
                        Status.ckr("CKR_KEY_FUNCTION_NOT_PERMITTED"), String.valueOf(e.getMessage()), e);
            }
            boolean activates = access.server().settings().activation() == TokenSettings.Activation.USED;
            if (state.equals(State.PRE_ACTIVE) && activates) {
                access.server().call(new Activate.Request(key.id()), deadline);
                return call.run();
            }
            throw new TokenPermissionException(
                    Status.ckr("CKR_KEY_FUNCTION_NOT_PERMITTED"),
                    "the key is " + state.xmlName() + " and not Active"
                            + (state.equals(State.PRE_ACTIVE)
                                    ? "; activate it, or say activate: used"
                                    : "; it was revoked or its time is over"),
                    e);
        }
    }

    private static KeyType type(ServedObject key) {
        return key.shown().get(Attribute.KEY_TYPE);
    }
}

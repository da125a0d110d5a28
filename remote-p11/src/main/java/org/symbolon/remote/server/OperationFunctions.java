package org.symbolon.remote.server;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;

/**
 * Encrypts, decrypts, digests, signs and verifies (PKCS #11 v3.2 sections 5.8 to 5.14 and 5.17). Each failure ends the operation
 * that it happens in.
 */
final class OperationFunctions {
    private final SessionTable sessions;

    OperationFunctions(SessionTable sessions) {
        this.sessions = sessions;
    }

    /** C_EncryptInit, C_DecryptInit, C_SignInit, C_VerifyInit; without a mechanism the operation that is active ends. */
    void init(long session, OperationKind kind, Optional<Mechanism> mechanism, long key) throws TokenException {
        ClientSession in = sessions.require(session);
        if (isBeginning(in, kind, mechanism)) {
            begin(
                    in,
                    kind,
                    mechanism.get(),
                    usable(in, key, "CKR_KEY_HANDLE_INVALID", mechanism.get(), kind.function()));
        }
    }

    /** C_DigestInit. */
    void digestInit(long session, Optional<Mechanism> mechanism) throws TokenException {
        ClientSession in = sessions.require(session);
        if (isBeginning(in, OperationKind.DIGEST, mechanism)) {
            begin(in, OperationKind.DIGEST, mechanism.get(), null);
        }
    }

    private static boolean isBeginning(ClientSession in, OperationKind kind, Optional<Mechanism> mechanism)
            throws TokenException {
        if (mechanism.isEmpty()) {
            in.end(kind);
            return false;
        }
        if (in.has(kind)) {
            throw Refusal.of("CKR_OPERATION_ACTIVE", "an operation to " + kind.verb() + " is active already");
        }
        return true;
    }

    private static void begin(ClientSession in, OperationKind kind, Mechanism mechanism, @Nullable KeyObject key)
            throws TokenException {
        in.begin(ActiveOperation.begin(
                kind, in.session(), mechanism, key, in.token().provenUses()));
    }

    /** Returns the key of a handle. That the mechanism cannot be used outranks that there is no key. */
    static KeyObject usable(ClientSession in, long key, String missing, Mechanism mechanism, MechanismFunction function)
            throws TokenException {
        try {
            return in.key(key, missing);
        } catch (TokenException e) {
            Map<MechanismType, MechanismInfo> mechanisms = in.token().token().mechanisms();
            MechanismInfo info = mechanisms.get(mechanism.type());
            if (info == null || !info.supports(function)) {
                throw Refusal.of(
                        "CKR_MECHANISM_INVALID", "the token does not " + function.lowerName() + " with " + mechanism);
            }
            throw e;
        }
    }

    /** C_Encrypt, C_Decrypt, C_Digest, C_Sign. */
    Output whole(long session, OperationKind kind, byte[] data, OptionalInt capacity) throws TokenException {
        return step(sessions.require(session), kind, operation -> operation.whole(data, capacity));
    }

    /** C_DigestUpdate, C_SignUpdate, C_VerifyUpdate. */
    void feed(long session, OperationKind kind, byte[] data) throws TokenException {
        step(sessions.require(session), kind, operation -> {
            operation.feed(data);
            return kind;
        });
    }

    /** C_EncryptUpdate, C_DecryptUpdate. */
    Output part(long session, OperationKind kind, byte[] data, OptionalInt capacity) throws TokenException {
        return step(sessions.require(session), kind, operation -> operation.part(data, capacity));
    }

    /** C_EncryptFinal, C_DecryptFinal, C_DigestFinal, C_SignFinal. */
    Output finish(long session, OperationKind kind, OptionalInt capacity) throws TokenException {
        return step(sessions.require(session), kind, operation -> operation.finish(capacity));
    }

    /** C_Verify. */
    void verify(long session, byte[] data, byte[] signature) throws TokenException {
        step(sessions.require(session), OperationKind.VERIFY, operation -> {
            operation.verify(data, signature);
            return signature;
        });
    }

    /** C_VerifyFinal. */
    void verifyFinal(long session, byte[] signature) throws TokenException {
        step(sessions.require(session), OperationKind.VERIFY, operation -> {
            operation.verifyFinal(signature);
            return signature;
        });
    }

    /** C_DigestKey: digests the value of a secret key, if the token shows it. */
    void digestKey(long session, long key) throws TokenException {
        ClientSession in = sessions.require(session);
        step(in, OperationKind.DIGEST, operation -> {
            KeyObject digested = in.key(key, "CKR_KEY_HANDLE_INVALID");
            Bytes value = in.session()
                    .getAttributes(digested, Set.of(Attribute.VALUE))
                    .find(Attribute.VALUE)
                    .orElseThrow(() -> Refusal.of("CKR_KEY_INDIGESTIBLE", "the token does not show the key's value"));
            byte[] bytes = value.toByteArray();
            try {
                operation.feed(bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
                if (value instanceof SecretBytes secret) {
                    secret.close();
                }
            }
            return in;
        });
    }

    // ---- two operations at a time

    /** C_DigestEncryptUpdate: digests what it encrypts. */
    Output digestEncrypt(long session, byte[] data, OptionalInt capacity) throws TokenException {
        return encryptAnd(OperationKind.DIGEST, session, data, capacity);
    }

    /** C_SignEncryptUpdate: signs what it encrypts. */
    Output signEncrypt(long session, byte[] data, OptionalInt capacity) throws TokenException {
        return encryptAnd(OperationKind.SIGN, session, data, capacity);
    }

    private Output encryptAnd(OperationKind other, long session, byte[] data, OptionalInt capacity)
            throws TokenException {
        ClientSession in = sessions.require(session);
        in.operation(other);
        boolean taken = in.operation(OperationKind.ENCRYPT).hasTakenInput() || capacity.isEmpty();
        return both(in, OperationKind.ENCRYPT, other, () -> {
            if (!taken) {
                in.operation(other).feed(data);
            }
            return in.operation(OperationKind.ENCRYPT).part(data, capacity);
        });
    }

    /** C_DecryptDigestUpdate: digests what it decrypted. */
    Output decryptDigest(long session, byte[] data, OptionalInt capacity) throws TokenException {
        return decryptAnd(OperationKind.DIGEST, session, data, capacity);
    }

    /** C_DecryptVerifyUpdate: verifies what it decrypted. */
    Output decryptVerify(long session, byte[] data, OptionalInt capacity) throws TokenException {
        return decryptAnd(OperationKind.VERIFY, session, data, capacity);
    }

    private Output decryptAnd(OperationKind other, long session, byte[] data, OptionalInt capacity)
            throws TokenException {
        ClientSession in = sessions.require(session);
        in.operation(other);
        in.operation(OperationKind.DECRYPT);
        return both(in, OperationKind.DECRYPT, other, () -> {
            Output output = in.operation(OperationKind.DECRYPT).part(data, capacity);
            if (output.fits()) {
                in.operation(other).feed(output.data());
            }
            return output;
        });
    }

    // ---- how operations end

    /** Something that an operation does. */
    @FunctionalInterface
    private interface Work<R> {
        R on(ActiveOperation operation) throws TokenException;
    }

    /** Something that two operations do together. */
    @FunctionalInterface
    private interface Joint {
        Output run() throws TokenException;
    }

    /** Lets an operation work; it ends when it is over or has failed. */
    private static <R> R step(ClientSession in, OperationKind kind, Work<R> work) throws TokenException {
        ActiveOperation operation = in.operation(kind);
        boolean lives = false;
        try {
            R result = work.on(operation);
            lives = !operation.isOver();
            return result;
        } finally {
            if (!lives) {
                in.end(kind);
            }
        }
    }

    private static Output both(ClientSession in, OperationKind first, OperationKind second, Joint joint)
            throws TokenException {
        boolean good = false;
        try {
            Output output = joint.run();
            good = true;
            return output;
        } finally {
            if (!good) {
                in.end(first);
                in.end(second);
            }
        }
    }
}

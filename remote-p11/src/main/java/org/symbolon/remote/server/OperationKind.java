package org.symbolon.remote.server;

import org.jspecify.annotations.Nullable;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.Operation;
import org.symbolon.Session;
import org.symbolon.TokenException;

/** The kinds of operations that take data in one part or many. A session has at most one active of each kind. */
enum OperationKind {
    /** C_EncryptInit and what follows. */
    ENCRYPT(
            MechanismFunction.ENCRYPT,
            (session, mechanism, key) -> session.startEncrypt(required(key), mechanism),
            (session, mechanism, key, data) -> session.encrypt(required(key), mechanism, data)),
    /** C_DecryptInit and what follows. */
    DECRYPT(
            MechanismFunction.DECRYPT,
            (session, mechanism, key) -> session.startDecrypt(required(key), mechanism),
            (session, mechanism, key, data) -> session.decrypt(required(key), mechanism, data)),
    /** C_DigestInit and what follows; takes no key. */
    DIGEST(
            MechanismFunction.DIGEST,
            (session, mechanism, key) -> session.startDigest(mechanism),
            (session, mechanism, key, data) -> session.digest(mechanism, data)),
    /** C_SignInit and what follows. */
    SIGN(
            MechanismFunction.SIGN,
            (session, mechanism, key) -> session.startSign(required(key), mechanism),
            (session, mechanism, key, data) -> session.sign(required(key), mechanism, data)),
    /** C_VerifyInit and what follows. */
    VERIFY(
            MechanismFunction.VERIFY,
            (session, mechanism, key) -> session.startVerify(required(key), mechanism),
            (session, mechanism, key, data) -> {
                throw new AssertionError("a verification has no output");
            });

    /** How an operation is begun. */
    @FunctionalInterface
    private interface Start {
        Operation of(Session session, Mechanism mechanism, @Nullable KeyObject key) throws TokenException;
    }

    /** How an operation is done at once. */
    @FunctionalInterface
    private interface Whole {
        byte[] of(Session session, Mechanism mechanism, @Nullable KeyObject key, byte[] data) throws TokenException;
    }

    private final MechanismFunction function;
    private final Start start;
    private final Whole whole;

    OperationKind(MechanismFunction function, Start start, Whole whole) {
        this.function = function;
        this.start = start;
        this.whole = whole;
    }

    /** Begins an operation of this kind. */
    Operation start(Session session, Mechanism mechanism, @Nullable KeyObject key) throws TokenException {
        return start.of(session, mechanism, key);
    }

    /** Does the operation at once: what tokens can do with every mechanism, while many take no data in parts. */
    byte[] whole(Session session, Mechanism mechanism, @Nullable KeyObject key, byte[] data) throws TokenException {
        return whole.of(session, mechanism, key, data);
    }

    MechanismFunction function() {
        return function;
    }

    String verb() {
        return function.lowerName();
    }

    private static KeyObject required(@Nullable KeyObject key) {
        if (key == null) {
            throw new AssertionError("this kind of operation takes a key");
        }
        return key;
    }
}

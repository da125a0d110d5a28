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
    ENCRYPT(MechanismFunction.ENCRYPT) {
        @Override
        Operation start(Session session, Mechanism mechanism, @Nullable KeyObject key) throws TokenException {
            return session.startEncrypt(required(key), mechanism);
        }

        @Override
        byte[] whole(Session session, Mechanism mechanism, @Nullable KeyObject key, byte[] data) throws TokenException {
            return session.encrypt(required(key), mechanism, data);
        }
    },
    /** C_DecryptInit and what follows. */
    DECRYPT(MechanismFunction.DECRYPT) {
        @Override
        Operation start(Session session, Mechanism mechanism, @Nullable KeyObject key) throws TokenException {
            return session.startDecrypt(required(key), mechanism);
        }

        @Override
        byte[] whole(Session session, Mechanism mechanism, @Nullable KeyObject key, byte[] data) throws TokenException {
            return session.decrypt(required(key), mechanism, data);
        }
    },
    /** C_DigestInit and what follows; takes no key. */
    DIGEST(MechanismFunction.DIGEST) {
        @Override
        Operation start(Session session, Mechanism mechanism, @Nullable KeyObject key) throws TokenException {
            return session.startDigest(mechanism);
        }

        @Override
        byte[] whole(Session session, Mechanism mechanism, @Nullable KeyObject key, byte[] data) throws TokenException {
            return session.digest(mechanism, data);
        }
    },
    /** C_SignInit and what follows. */
    SIGN(MechanismFunction.SIGN) {
        @Override
        Operation start(Session session, Mechanism mechanism, @Nullable KeyObject key) throws TokenException {
            return session.startSign(required(key), mechanism);
        }

        @Override
        byte[] whole(Session session, Mechanism mechanism, @Nullable KeyObject key, byte[] data) throws TokenException {
            return session.sign(required(key), mechanism, data);
        }
    },
    /** C_VerifyInit and what follows. */
    VERIFY(MechanismFunction.VERIFY) {
        @Override
        Operation start(Session session, Mechanism mechanism, @Nullable KeyObject key) throws TokenException {
            return session.startVerify(required(key), mechanism);
        }

        @Override
        byte[] whole(Session session, Mechanism mechanism, @Nullable KeyObject key, byte[] data) {
            throw new AssertionError("a verification has no output");
        }
    };

    private final MechanismFunction function;

    OperationKind(MechanismFunction function) {
        this.function = function;
    }

    /** Begins an operation of this kind. */
    abstract Operation start(Session session, Mechanism mechanism, @Nullable KeyObject key) throws TokenException;

    /** Does the operation at once: what tokens can do with every mechanism, while many take no data in parts. */
    abstract byte[] whole(Session session, Mechanism mechanism, @Nullable KeyObject key, byte[] data)
            throws TokenException;

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

package org.symbolon.remote.server;

import org.symbolon.serve.ClientIdentity;

/**
 * PKCS #11 as one client application sees it (version 3.2 of the standard, chapter 5): slots, sessions, login, handles,
 * searches and operations, over tokens of any kind and under any encoding.
 *
 * <p>A function that PKCS #11 calls C_Sign is a method here; its return value is CKR_OK if the method returns, else
 * {@link Refusal#returnValue} of the exception. One client's calls come one after another: not thread-safe. Clients share
 * nothing but the slot table, so that a login is never another's.
 */
final class Cryptoki implements AutoCloseable {
    private final SessionTable sessions;
    private final SlotFunctions slotFunctions;
    private final SessionFunctions sessionFunctions;
    private final ObjectFunctions objectFunctions;
    private final OperationFunctions operationFunctions;
    private final KeyFunctions keyFunctions;
    private final RandomFunctions randomFunctions;

    Cryptoki(SlotTable slots, ClientIdentity client, Terms terms) {
        sessions = new SessionTable(client, terms);
        slotFunctions = new SlotFunctions(slots, sessions);
        sessionFunctions = new SessionFunctions(slotFunctions, sessions);
        objectFunctions = new ObjectFunctions(sessions);
        operationFunctions = new OperationFunctions(sessions);
        keyFunctions = new KeyFunctions(sessions);
        randomFunctions = new RandomFunctions(sessions);
    }

    /** The client's sessions, for operations that keep nothing in them. */
    SessionTable sessionTable() {
        return sessions;
    }

    SlotFunctions slots() {
        return slotFunctions;
    }

    SessionFunctions sessions() {
        return sessionFunctions;
    }

    ObjectFunctions objects() {
        return objectFunctions;
    }

    OperationFunctions operations() {
        return operationFunctions;
    }

    KeyFunctions keys() {
        return keyFunctions;
    }

    RandomFunctions random() {
        return randomFunctions;
    }

    /** Ends everything that the client has (C_Finalize). */
    @Override
    public void close() {
        sessions.close();
    }
}

package org.symbolon.remote.server;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.KeyObject;
import org.symbolon.ObjectCursor;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/** A session of a client, with the operations and the search that are active in it. */
final class ClientSession {
    private final long handle;
    private final ClientToken token;
    private final boolean readOnly;
    private final Map<OperationKind, ActiveOperation> operations = new EnumMap<>(OperationKind.class);
    private @Nullable Search search;

    /** A search and the token's session that it is made in. */
    private record Search(Session session, ObjectCursor cursor) {}

    ClientSession(long handle, ClientToken token, boolean readOnly) {
        this.handle = handle;
        this.token = token;
        this.readOnly = readOnly;
    }

    long handle() {
        return handle;
    }

    ClientToken token() {
        return token;
    }

    boolean readOnly() {
        return readOnly;
    }

    Session session() {
        return token.session();
    }

    /** Returns the session's state: a CKS_ value (PKCS #11 v3.2 section 3.3). */
    long state() {
        return switch (token.role()) {
            case PUBLIC -> readOnly ? 0 : 2; // CKS_RO_PUBLIC_SESSION, CKS_RW_PUBLIC_SESSION
            case USER -> readOnly ? 1 : 3; // CKS_RO_USER_FUNCTIONS, CKS_RW_USER_FUNCTIONS
            case SECURITY_OFFICER -> 4; // CKS_RW_SO_FUNCTIONS
        };
    }

    boolean isOf(Role role) {
        return token.role() == role;
    }

    /** Refuses to write an object of the token in a read-only session. */
    void requireWritable(Attributes object) throws TokenException {
        if (readOnly && object.isTrue(Attribute.TOKEN)) {
            throw Refusal.of("CKR_SESSION_READ_ONLY", "a read-only session writes no objects of the token");
        }
    }

    /** Refuses to make an object that this session may not write, or that would have no handle. */
    void requireMaking(Attributes object) throws TokenException {
        requireWritable(object);
        token.objects().requireRoom();
    }

    TokenObject object(long objectHandle) throws TokenException {
        return token.objects().require(objectHandle, "CKR_OBJECT_HANDLE_INVALID");
    }

    /** Returns the key of a handle; {@code missing} is the return value if there is none. */
    KeyObject key(long objectHandle, String missing) throws TokenException {
        if (token.objects().require(objectHandle, missing) instanceof KeyObject key) {
            return key;
        }
        throw Refusal.of(missing, "object " + objectHandle + " is no key");
    }

    /** Returns the handle of an object that this session made. */
    long made(TokenObject object) throws TokenException {
        return token.objects().made(object, handle);
    }

    // ---- operations

    boolean has(OperationKind kind) {
        return operations.containsKey(kind);
    }

    boolean isIdle() {
        return operations.isEmpty();
    }

    void begin(ActiveOperation operation) {
        operations.put(operation.kind(), operation);
    }

    ActiveOperation operation(OperationKind kind) throws TokenException {
        ActiveOperation operation = operations.get(kind);
        if (operation == null) {
            throw Refusal.of("CKR_OPERATION_NOT_INITIALIZED", "no operation to " + kind.verb() + " is active");
        }
        return operation;
    }

    /** Returns the operations that wait for the user's PIN. */
    List<ActiveOperation> waiting() {
        return operations.values().stream().filter(ActiveOperation::waits).toList();
    }

    void end(OperationKind kind) {
        ActiveOperation operation = operations.remove(kind);
        if (operation != null) {
            operation.close();
        }
    }

    // ---- the search

    boolean searches() {
        return search != null;
    }

    void search(Session session, ObjectCursor cursor) {
        search = new Search(session, cursor);
    }

    ObjectCursor search() throws TokenException {
        if (search == null) {
            throw Refusal.of("CKR_OPERATION_NOT_INITIALIZED", "no search is active");
        }
        return search.cursor;
    }

    void endSearch() {
        if (search != null) {
            search.cursor.close();
            search = null;
        }
    }

    void endAll() {
        List.copyOf(operations.keySet()).forEach(this::end);
        endSearch();
    }

    /** Ends what was begun in a session of the token's. */
    void endAllOf(Session session) {
        List.copyOf(operations.values()).stream()
                .filter(operation -> operation.isOf(session))
                .forEach(operation -> end(operation.kind()));
        if (search != null && search.session == session) {
            endSearch();
        }
    }
}

package org.symbolon.remote.server;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;

/** Opens and closes sessions, logs in and out and sets PINs (PKCS #11 v3.2 sections 5.5 and 5.6). */
final class SessionFunctions {
    private static final long RW_SESSION = 2; // CKF_RW_SESSION
    private static final long SERIAL_SESSION = 4; // CKF_SERIAL_SESSION
    private static final long SECURITY_OFFICER = 0; // CKU_SO
    private static final long USER = 1; // CKU_USER
    private static final long CONTEXT_SPECIFIC = 2; // CKU_CONTEXT_SPECIFIC
    private static final long FIND_OBJECTS = 0x40; // CKF_FIND_OBJECTS

    private final SlotFunctions slots;
    private final SessionTable sessions;

    SessionFunctions(SlotFunctions slots, SessionTable sessions) {
        this.slots = slots;
        this.sessions = sessions;
    }

    /**
     * What C_GetSessionInfo tells.
     *
     * @param slotId the slot
     * @param state a CKS_ value
     * @param flags CKF_SERIAL_SESSION and perhaps CKF_RW_SESSION
     */
    record SessionDescription(long slotId, long state, long flags) {}

    /** C_OpenSession. */
    long openSession(long slotId, long flags) throws TokenException {
        Token token = slots.token(slotId);
        if ((flags & SERIAL_SESSION) == 0) {
            throw Refusal.of("CKR_SESSION_PARALLEL_NOT_SUPPORTED", "CKF_SERIAL_SESSION is not set");
        }
        boolean readOnly = (flags & RW_SESSION) == 0;
        boolean ofOfficer = sessions.token(slotId)
                .filter(open -> open.role() == Role.SECURITY_OFFICER)
                .isPresent();
        if (readOnly && ofOfficer) {
            throw Refusal.of("CKR_SESSION_READ_WRITE_SO_EXISTS", "the security officer is logged in");
        }
        if (!readOnly && token.info().has(TokenFlag.WRITE_PROTECTED)) {
            throw Refusal.of("CKR_TOKEN_WRITE_PROTECTED", "the token is write-protected");
        }
        return sessions.open(slotId, token, readOnly).handle();
    }

    /** C_CloseSession. */
    void closeSession(long session) throws TokenException {
        sessions.close(session);
    }

    /** C_CloseAllSessions. */
    void closeAllSessions(long slotId) throws TokenException {
        slots.slotInfo(slotId);
        sessions.closeAll(slotId);
    }

    /** C_GetSessionInfo. */
    SessionDescription sessionInfo(long session) throws TokenException {
        ClientSession of = sessions.require(session);
        long flags = SERIAL_SESSION | (of.readOnly() ? 0 : RW_SESSION);
        return new SessionDescription(of.token().slotId(), of.state(), flags);
    }

    // ---- logging in

    /** C_Login; without a PIN the token asks for it itself, if it can. */
    void login(long session, long userType, Optional<Pin> pin) throws TokenException {
        ClientSession in = sessions.require(session);
        if (userType == CONTEXT_SPECIFIC) {
            authenticate(in, pin);
        } else if (userType == USER || userType == SECURITY_OFFICER) {
            login(in, userType == USER ? Role.USER : Role.SECURITY_OFFICER, pin);
        } else {
            throw Refusal.of("CKR_USER_TYPE_INVALID", "a user is CKU_SO, CKU_USER or CKU_CONTEXT_SPECIFIC");
        }
    }

    private static void login(ClientSession in, Role wanted, Optional<Pin> pin) throws TokenException {
        ClientToken token = in.token();
        if (token.role() == wanted) {
            throw Refusal.of("CKR_USER_ALREADY_LOGGED_IN", "the client is logged in already");
        }
        if (token.role() != Role.PUBLIC) {
            throw Refusal.of("CKR_USER_ANOTHER_ALREADY_LOGGED_IN", "the client is logged in in another role");
        }
        if (wanted == Role.SECURITY_OFFICER && token.sessions().stream().anyMatch(ClientSession::readOnly)) {
            throw Refusal.of("CKR_SESSION_READ_ONLY_EXISTS", "the security officer wants no read-only session open");
        }
        token.login(method(token.token(), wanted, pin));
    }

    private static Login method(Token token, Role wanted, Optional<Pin> pin) throws TokenException {
        if (pin.isPresent()) {
            return wanted == Role.USER ? Login.user(pin.get()) : Login.securityOfficer(pin.get());
        }
        boolean asks = wanted == Role.USER && token.info().has(TokenFlag.PROTECTED_AUTHENTICATION_PATH);
        if (!asks) {
            throw Refusal.of("CKR_ARGUMENTS_BAD", "the token has no way of its own to ask for a PIN");
        }
        return Login.protectedPath();
    }

    /** The user's PIN for the operation that was begun with a key which wants it each time. */
    private static void authenticate(ClientSession in, Optional<Pin> pin) throws TokenException {
        List<ActiveOperation> waiting = in.waiting();
        if (waiting.isEmpty()) {
            throw Refusal.of("CKR_OPERATION_NOT_INITIALIZED", "no operation waits for the user's PIN");
        }
        if (pin.isEmpty()) {
            throw Refusal.of("CKR_ARGUMENTS_BAD", "the key wants the user's PIN");
        }
        waiting.get(0).authenticate(pin.get());
    }

    /** C_Logout. */
    void logout(long session) throws TokenException {
        ClientToken token = sessions.require(session).token();
        if (token.role() == Role.PUBLIC) {
            throw Refusal.of("CKR_USER_NOT_LOGGED_IN", "nobody is logged in");
        }
        token.logout();
    }

    // ---- PINs

    /** C_InitPIN. */
    void initPin(long session, Optional<Pin> pin) throws TokenException {
        ClientSession in = sessions.require(session);
        if (!in.isOf(Role.SECURITY_OFFICER)) {
            throw Refusal.of("CKR_USER_NOT_LOGGED_IN", "the security officer sets the user's PIN");
        }
        in.session().initPin(required(pin));
    }

    /** C_SetPIN: of the role that is logged in, else of the user. */
    void setPin(long session, Optional<Pin> oldPin, Optional<Pin> newPin) throws TokenException {
        ClientSession in = sessions.require(session);
        if (in.readOnly()) {
            throw Refusal.of("CKR_SESSION_READ_ONLY", "a read-only session sets no PIN");
        }
        in.session().setPin(required(oldPin), required(newPin));
    }

    private static Pin required(Optional<Pin> pin) throws TokenException {
        return pin.orElseThrow(
                () -> Refusal.of("CKR_ARGUMENTS_BAD", "the token has no way of its own to ask for a PIN"));
    }

    // ---- operations as a whole

    /** C_GetOperationState: tokens keep the state of their operations to themselves. */
    void operationState(long session) throws TokenException {
        ClientSession in = sessions.require(session);
        if (in.isIdle()) {
            throw Refusal.of("CKR_OPERATION_NOT_INITIALIZED", "no operation is active");
        }
        throw Refusal.of("CKR_STATE_UNSAVEABLE", "the token keeps the operation's state to itself");
    }

    /** C_SetOperationState: no state was ever given out. */
    void setOperationState(long session) throws TokenException {
        sessions.require(session);
        throw Refusal.of("CKR_SAVED_STATE_INVALID", "this token saves no states of operations");
    }

    /** C_SessionCancel. */
    void sessionCancel(long session, long flags) throws TokenException {
        ClientSession in = sessions.require(session);
        if ((flags & FIND_OBJECTS) != 0) {
            in.endSearch();
        }
        Arrays.stream(OperationKind.values())
                .filter(kind -> (flags & kind.function().flag()) != 0)
                .forEach(in::end);
    }
}

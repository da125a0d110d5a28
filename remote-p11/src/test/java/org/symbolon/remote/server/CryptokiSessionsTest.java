package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.symbolon.remote.server.TestClients.CONTEXT;
import static org.symbolon.remote.server.TestClients.RO;
import static org.symbolon.remote.server.TestClients.RW;
import static org.symbolon.remote.server.TestClients.SO;
import static org.symbolon.remote.server.TestClients.SO_PIN;
import static org.symbolon.remote.server.TestClients.USER;
import static org.symbolon.remote.server.TestClients.USER_PIN;
import static org.symbolon.remote.server.TestClients.WRONG_PIN;
import static org.symbolon.remote.server.TestClients.assertReturns;
import static org.symbolon.remote.server.TestClients.pin;
import static org.symbolon.remote.server.TestClients.slot;
import static org.symbolon.remote.server.TestClients.userSession;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.MechanismType;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;

class CryptokiSessionsTest {
    private TestClients clients;
    private Cryptoki client;
    private long slot;

    @BeforeEach
    void makeToken() throws TokenException {
        clients = new TestClients();
        client = clients.client();
        slot = slot(client);
    }

    @AfterEach
    void close() {
        client.close();
        clients.close();
    }

    private long state(long session) throws TokenException {
        return client.sessions().sessionInfo(session).state();
    }

    @Test
    void slotList_ofAModuleWithOneToken_hasItAndAnEmptySlot() throws TokenException {
        assertThat(client.slots().slotList()).containsExactly(1L, 2L);
        assertThat(client.slots().tokenInfo(1).info().label()).isEqualTo("Team");
        assertThat(client.slots().tokenInfo(2).info().flags()).doesNotContain(TokenFlag.TOKEN_INITIALIZED);
        assertThat(client.slots().slotInfo(2).description()).isNotEmpty();
    }

    @Test
    void slot_thatIsNot_isRefusedEverywhere() {
        assertReturns("CKR_SLOT_ID_INVALID", () -> client.slots().slotInfo(9));
        assertReturns("CKR_SLOT_ID_INVALID", () -> client.slots().tokenInfo(0));
        assertReturns("CKR_SLOT_ID_INVALID", () -> client.slots().mechanismList(-1));
        assertReturns("CKR_SLOT_ID_INVALID", () -> client.sessions().openSession(9, RW));
        assertReturns("CKR_SLOT_ID_INVALID", () -> client.sessions().closeAllSessions(9));
        assertReturns("CKR_TOKEN_NOT_RECOGNIZED", () -> client.sessions().openSession(2, RW));
    }

    @Test
    void mechanismInfo_ofAnUnknownMechanism_isRefused() throws TokenException {
        assertThat(client.slots().mechanismList(slot)).contains(MechanismType.named("CKM_ECDSA"));
        assertThat(client.slots()
                        .mechanismInfo(slot, MechanismType.named("CKM_ECDSA"))
                        .functions())
                .isNotEmpty();
        assertReturns(
                "CKR_MECHANISM_INVALID", () -> client.slots().mechanismInfo(slot, new MechanismType(0x8000_1234L)));
    }

    @Test
    void openSession_withoutTheSerialFlag_isRefused() {
        assertReturns(
                "CKR_SESSION_PARALLEL_NOT_SUPPORTED", () -> client.sessions().openSession(slot, 2));
    }

    @Test
    void sessionInfo_inEachState_isTheStandards() throws TokenException {
        long writing = client.sessions().openSession(slot, RW);
        long reading = client.sessions().openSession(slot, RO);
        assertThat(state(writing)).isEqualTo(2);
        assertThat(state(reading)).isEqualTo(0);
        assertThat(client.slots().tokenInfo(slot).sessions()).isEqualTo(2);
        assertThat(client.slots().tokenInfo(slot).writingSessions()).isEqualTo(1);

        client.sessions().login(reading, USER, USER_PIN);
        assertThat(state(writing)).isEqualTo(3);
        assertThat(state(reading)).isEqualTo(1);
        client.sessions().logout(writing);
        client.sessions().closeSession(reading);
        client.sessions().login(writing, SO, SO_PIN);
        assertThat(state(writing)).isEqualTo(4);
        assertThat(client.sessions().sessionInfo(writing))
                .isEqualTo(new SessionFunctions.SessionDescription(slot, 4, 6));
    }

    @Test
    void login_inTheWrongState_isRefusedAsTheStandardSays() throws TokenException {
        long session = client.sessions().openSession(slot, RW);
        assertReturns("CKR_USER_TYPE_INVALID", () -> client.sessions().login(session, 7, USER_PIN));
        assertReturns("CKR_ARGUMENTS_BAD", () -> client.sessions().login(session, USER, Optional.empty()));
        assertReturns("CKR_PIN_INCORRECT", () -> client.sessions().login(session, USER, WRONG_PIN));
        assertReturns("CKR_USER_NOT_LOGGED_IN", () -> client.sessions().logout(session));
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> client.sessions().login(session, CONTEXT, USER_PIN));

        client.sessions().login(session, USER, USER_PIN);
        assertReturns("CKR_USER_ALREADY_LOGGED_IN", () -> client.sessions().login(session, USER, USER_PIN));
        assertReturns(
                "CKR_USER_ANOTHER_ALREADY_LOGGED_IN", () -> client.sessions().login(session, SO, SO_PIN));
    }

    @Test
    void login_ofTheOfficerWithAReadOnlySession_isRefused() throws TokenException {
        long session = client.sessions().openSession(slot, RW);
        long reading = client.sessions().openSession(slot, RO);
        assertReturns("CKR_SESSION_READ_ONLY_EXISTS", () -> client.sessions().login(session, SO, SO_PIN));
        client.sessions().closeSession(reading);
        client.sessions().login(session, SO, SO_PIN);
        assertReturns(
                "CKR_SESSION_READ_WRITE_SO_EXISTS", () -> client.sessions().openSession(slot, RO));
    }

    @Test
    void login_ofOneClient_isNotAnothers() throws TokenException {
        userSession(client);
        try (Cryptoki other = clients.client()) {
            long session = other.sessions().openSession(slot, RW);
            assertThat(other.sessions().sessionInfo(session).state()).isEqualTo(2);
            assertReturns("CKR_USER_NOT_LOGGED_IN", () -> other.sessions().logout(session));
        }
    }

    @Test
    void closeSession_theLastOne_logsOut() throws TokenException {
        long first = userSession(client);
        long second = client.sessions().openSession(slot, RW);
        client.sessions().closeSession(first);
        assertThat(state(second)).isEqualTo(3);
        client.sessions().closeSession(second);
        assertThat(state(client.sessions().openSession(slot, RW))).isEqualTo(2);
        assertReturns("CKR_SESSION_HANDLE_INVALID", () -> client.sessions().closeSession(second));
    }

    @Test
    void closeAllSessions_ofASlot_closesThem() throws TokenException {
        long session = userSession(client);
        client.sessions().closeAllSessions(slot);
        assertReturns("CKR_SESSION_HANDLE_INVALID", () -> client.sessions().sessionInfo(session));
        client.sessions().closeAllSessions(slot);
    }

    @Test
    void openSession_beyondTheLimit_isRefused() throws TokenException {
        try (Cryptoki small = clients.client(new ClientLimits(2, 10))) {
            small.sessions().openSession(slot, RO);
            long second = small.sessions().openSession(slot, RO);
            assertReturns("CKR_SESSION_COUNT", () -> small.sessions().openSession(slot, RO));
            small.sessions().closeSession(second);
            small.sessions().openSession(slot, RO);
        }
    }

    @Test
    void initToken_withASessionOpen_isRefused() throws TokenException {
        long session = client.sessions().openSession(slot, RO);
        assertReturns("CKR_SESSION_EXISTS", () -> client.slots().initToken(slot, SO_PIN, "New"));
        client.sessions().closeSession(session);
        assertReturns("CKR_PIN_INCORRECT", () -> client.slots().initToken(slot, WRONG_PIN, "New"));
        assertReturns("CKR_ARGUMENTS_BAD", () -> client.slots().initToken(slot, Optional.empty(), "New"));
        assertReturns("CKR_ARGUMENTS_BAD", () -> client.slots().initToken(slot, SO_PIN, " ".repeat(32)));
        client.slots().initToken(slot, SO_PIN, "New");
        assertThat(client.slots().tokenInfo(slot).info().label()).isEqualTo("New");
        long fresh = client.sessions().openSession(slot, RW);
        assertReturns("CKR_USER_PIN_NOT_INITIALIZED", () -> client.sessions().login(fresh, USER, USER_PIN));
    }

    @Test
    void initPin_byAnybodyButTheOfficer_isRefused() throws TokenException {
        long session = userSession(client);
        assertReturns("CKR_USER_NOT_LOGGED_IN", () -> client.sessions().initPin(session, USER_PIN));
    }

    @Test
    void setPin_ofTheUser_holdsFromThenOn() throws TokenException {
        long session = client.sessions().openSession(slot, RW);
        long reading = client.sessions().openSession(slot, RO);
        Optional<org.symbolon.Pin> newPin = pin("another-pin");
        assertReturns("CKR_SESSION_READ_ONLY", () -> client.sessions().setPin(reading, USER_PIN, newPin));
        assertReturns("CKR_PIN_INCORRECT", () -> client.sessions().setPin(session, WRONG_PIN, newPin));
        assertReturns("CKR_PIN_LEN_RANGE", () -> client.sessions().setPin(session, USER_PIN, pin("1")));
        client.sessions().setPin(session, USER_PIN, newPin);
        assertReturns("CKR_PIN_INCORRECT", () -> client.sessions().login(session, USER, USER_PIN));
        client.sessions().login(session, USER, newPin);
    }

    @Test
    void operationState_isKeptByTheToken() throws TokenException {
        long session = client.sessions().openSession(slot, RO);
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> client.sessions().operationState(session));
        client.operations().digestInit(session, Optional.of(TestClients.mechanism("CKM_SHA256")));
        assertReturns("CKR_STATE_UNSAVEABLE", () -> client.sessions().operationState(session));
        assertReturns("CKR_SAVED_STATE_INVALID", () -> client.sessions().setOperationState(session));
        client.sessions().sessionCancel(session, 0x400);
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> client.sessions().operationState(session));
    }

    @Test
    void waitForSlotEvent_withoutBlocking_saysThatThereIsNone() {
        assertReturns("CKR_NO_EVENT", () -> client.slots().waitForSlotEvent(1));
        assertReturns("CKR_FUNCTION_NOT_SUPPORTED", () -> client.slots().waitForSlotEvent(0));
    }

    @Test
    void session_thatIsNot_isRefusedBeforeAnythingElse() {
        assertReturns("CKR_SESSION_HANDLE_INVALID", () -> client.sessions().login(1, 99, Optional.empty()));
        assertReturns("CKR_SESSION_HANDLE_INVALID", () -> client.objects().destroyObject(1, 1));
        assertReturns("CKR_SESSION_HANDLE_INVALID", () -> client.objects().findObjectsFinal(1));
        assertReturns("CKR_SESSION_HANDLE_INVALID", () -> client.random().generateRandom(1, 1 << 30));
        assertReturns(
                "CKR_SESSION_HANDLE_INVALID",
                () -> client.operations().init(1, OperationKind.SIGN, Optional.empty(), 0));
    }
}

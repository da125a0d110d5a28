package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.symbolon.remote.server.TestClients.RO;
import static org.symbolon.remote.server.TestClients.RW;
import static org.symbolon.remote.server.TestClients.assertReturns;
import static org.symbolon.remote.server.TestClients.data;
import static org.symbolon.remote.server.TestClients.slot;
import static org.symbolon.remote.server.TestClients.userSession;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.ObjectClass;
import org.symbolon.Template;
import org.symbolon.TokenException;

class CryptokiObjectsTest {
    private TestClients clients;
    private Cryptoki client;
    private long session;

    @BeforeEach
    void logIn() throws TokenException {
        clients = new TestClients();
        client = clients.client();
        session = userSession(client);
    }

    @AfterEach
    void close() {
        client.close();
        clients.close();
    }

    private static List<Long> find(Cryptoki by, long in, Template template) throws TokenException {
        by.objects().findObjectsInit(in, template);
        List<Long> found = by.objects().findObjects(in, 100);
        assertThat(by.objects().findObjects(in, 100)).isEmpty();
        by.objects().findObjectsFinal(in);
        return found;
    }

    private AttributeAnswer read(long object, AttributeBuffer... wanted) throws TokenException {
        return client.objects().getAttributeValue(session, object, List.of(wanted));
    }

    private static AttributeBuffer room(Attribute<?> attribute, int bytes) {
        return new AttributeBuffer(attribute, OptionalInt.of(bytes));
    }

    private static AttributeBuffer length(Attribute<?> attribute) {
        return new AttributeBuffer(attribute, OptionalInt.empty());
    }

    @Test
    void findObjects_twice_givesTheSameHandles() throws TokenException {
        long made = client.objects().createObject(session, data("a", true));
        assertThat(find(client, session, Template.label("a"))).containsExactly(made);
        assertThat(find(client, session, Template.label("a"))).containsExactly(made);
        assertThat(find(client, session, Template.label("b"))).isEmpty();
    }

    @Test
    void findObjects_inSteps_givesEachObjectOnce() throws TokenException {
        for (int i = 0; i < 5; i++) {
            client.objects().createObject(session, data("many", i % 2 == 0));
        }
        client.objects().findObjectsInit(session, Template.label("many"));
        List<Long> first = client.objects().findObjects(session, 2);
        List<Long> rest = client.objects().findObjects(session, 10);
        assertThat(first).hasSize(2);
        assertThat(rest).hasSize(3).doesNotContainAnyElementsOf(first);
    }

    @Test
    void find_inTheWrongOrder_isRefused() throws TokenException {
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> client.objects().findObjects(session, 1));
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> client.objects().findObjectsFinal(session));
        client.objects().findObjectsInit(session, Template.empty());
        assertReturns("CKR_OPERATION_ACTIVE", () -> client.objects().findObjectsInit(session, Template.empty()));
        client.sessions().sessionCancel(session, 0x40);
        client.objects().findObjectsInit(session, Template.empty());
    }

    @Test
    void sessionObject_isSeenByTheClientsOtherSessionAndDiesWithItsMaker() throws TokenException {
        long second = client.sessions().openSession(slot(client), RW);
        long made = client.objects().createObject(session, data("shared", false));
        assertThat(find(client, second, Template.label("shared"))).containsExactly(made);
        try (Cryptoki other = clients.client()) {
            assertThat(find(other, userSession(other), Template.label("shared")))
                    .isEmpty();
        }

        client.sessions().closeSession(session);
        assertThat(find(client, second, Template.label("shared"))).isEmpty();
        assertReturns("CKR_OBJECT_HANDLE_INVALID", () -> client.objects().objectSize(second, made));
    }

    @Test
    void sessionObject_thatCannotBeDestroyed_diesWithItsMakerNevertheless() throws TokenException {
        long second = client.sessions().openSession(slot(client), RW);
        client.objects().createObject(session, data("eternal", false).with(Attribute.DESTROYABLE, false));
        client.sessions().closeSession(session);
        assertThat(find(client, second, Template.label("eternal"))).isEmpty();
    }

    @Test
    void logout_takesTheHandlesOfPrivateObjects() throws TokenException {
        long secret =
                client.objects().createObject(session, data("private", true).with(Attribute.PRIVATE, true));
        long open = client.objects().createObject(session, data("public", true).with(Attribute.PRIVATE, false));
        client.objects().findObjectsInit(session, Template.empty());
        client.sessions().logout(session);

        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> client.objects().findObjects(session, 1));
        assertReturns("CKR_OBJECT_HANDLE_INVALID", () -> client.objects().objectSize(session, secret));
        assertThat(client.objects().objectSize(session, open)).isEqualTo(-1);
        assertThat(find(client, session, Template.label("private"))).isEmpty();
        client.sessions().login(session, TestClients.USER, TestClients.USER_PIN);
        assertThat(find(client, session, Template.label("private"))).hasSize(1).doesNotContain(secret);
    }

    @Test
    void write_inAReadOnlySession_isRefusedForTokenObjectsOnly() throws TokenException {
        long object = client.objects().createObject(session, data("there", true));
        long reading = client.sessions().openSession(slot(client), RO);
        assertReturns("CKR_SESSION_READ_ONLY", () -> client.objects().createObject(reading, data("x", true)));
        assertReturns("CKR_SESSION_READ_ONLY", () -> client.objects().destroyObject(reading, object));
        assertReturns(
                "CKR_SESSION_READ_ONLY",
                () -> client.objects().setAttributeValue(reading, object, Template.label("y")));
        assertReturns("CKR_SESSION_READ_ONLY", () -> client.objects().copyObject(reading, object, Template.label("y")));
        assertReturns(
                "CKR_SESSION_READ_ONLY",
                () -> TestClients.ecKeyPair(client, reading, Template.label("k").onToken()));
        long copy =
                client.objects().copyObject(reading, object, Template.empty().inSession());
        client.objects().destroyObject(reading, copy);
    }

    @Test
    void destroyObject_takesItsHandle() throws TokenException {
        long object = client.objects().createObject(session, data("gone", true));
        client.objects().destroyObject(session, object);
        assertReturns("CKR_OBJECT_HANDLE_INVALID", () -> client.objects().destroyObject(session, object));
    }

    @Test
    void object_destroyedByAnotherClient_hasNoHandleAfterItsFirstUse() throws TokenException {
        long object = client.objects().createObject(session, data("theirs", true));
        try (Cryptoki other = clients.client()) {
            long in = userSession(other);
            other.objects()
                    .destroyObject(in, find(other, in, Template.label("theirs")).get(0));
        }
        assertReturns("CKR_OBJECT_HANDLE_INVALID", () -> read(object, room(Attribute.LABEL, 10)));
        assertReturns("CKR_OBJECT_HANDLE_INVALID", () -> client.objects().objectSize(session, object));
    }

    @Test
    void setAttributeValue_changesWhatIsFound() throws TokenException {
        long object = client.objects().createObject(session, data("before", true));
        client.objects().setAttributeValue(session, object, Template.label("after"));
        assertThat(find(client, session, Template.label("after"))).containsExactly(object);
    }

    @Test
    void createObject_withAnIncompleteTemplate_isRefused() {
        assertReturns(
                "CKR_TEMPLATE_INCOMPLETE",
                () -> client.objects().createObject(session, Template.of(Attribute.CLASS, ObjectClass.CERTIFICATE)));
    }

    @Test
    void getAttributeValue_answersEachEntry() throws TokenException {
        KeyFunctions.KeyPairHandles pair = TestClients.ecKeyPair(client, session, Template.label("key"));
        try (AttributeAnswer answer = read(
                pair.privateKey(),
                length(Attribute.LABEL),
                room(Attribute.LABEL, 3),
                room(Attribute.LABEL, 2),
                room(Attribute.VALUE, 100),
                room(Attribute.MODULUS, 100),
                room(Attribute.SIGN, 1),
                room(Attribute.CLASS, 8),
                room(Attribute.START_DATE, 8),
                room(Attribute.SUBJECT, 0))) {
            assertThat(answer.entries())
                    .extracting(AttributeAnswer.Entry::length)
                    .containsExactly(3L, 3L, -1L, -1L, -1L, 1L, 8L, 0L, 0L);
            assertThat(answer.entries())
                    .extracting(AttributeAnswer.Entry::delivered)
                    .containsExactly(false, true, false, false, false, true, true, true, true);
            assertThat(answer.returnValue().name()).isEqualTo("CKR_BUFFER_TOO_SMALL");
            assertThat(answer.values().get(Attribute.LABEL)).isEqualTo("key");
        }
    }

    @Test
    void getAttributeValue_returnsWhatFailed() throws TokenException {
        KeyFunctions.KeyPairHandles pair = TestClients.ecKeyPair(client, session, Template.label("key"));
        assertThat(read(pair.privateKey(), room(Attribute.VALUE, 99))
                        .returnValue()
                        .name())
                .isEqualTo("CKR_ATTRIBUTE_SENSITIVE");
        assertThat(read(pair.privateKey(), room(Attribute.PRIME_1, 99))
                        .returnValue()
                        .name())
                .isEqualTo("CKR_ATTRIBUTE_TYPE_INVALID");
        assertThat(read(pair.publicKey(), room(Attribute.EC_POINT, 99))
                        .returnValue()
                        .name())
                .isEqualTo("CKR_OK");
        assertReturns("CKR_OBJECT_HANDLE_INVALID", () -> read(12345, room(Attribute.LABEL, 1)));
    }

    @Test
    void handles_beyondTheLimit_areRefused() throws TokenException {
        try (Cryptoki small = clients.client(new ClientLimits(2, 1))) {
            long in = userSession(small);
            small.objects().createObject(in, data("one", false));
            assertReturns("CKR_HOST_MEMORY", () -> small.objects().createObject(in, data("two", false)));
        }
    }
}

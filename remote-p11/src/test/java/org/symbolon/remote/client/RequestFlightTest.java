package org.symbolon.remote.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Outcome;
import org.symbolon.Pin;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenOperationException;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.spi.Request;

@Timeout(60)
class RequestFlightTest {
    private static final long SESSION_HANDLE_INVALID = 0xb3;
    private static final long TOKEN_NOT_PRESENT = 0xe0;
    private static final long KEY_HANDLE_INVALID = 0x60;
    private static final long DEVICE_ERROR = 0x30;
    private static final int MANY = 300;
    private static final int KEY = 1;

    private final ScriptedModule peer = new ScriptedModule();
    private TokenModule module;
    private Session session;

    @BeforeEach
    void open() throws TokenException {
        AtomicLong created = new AtomicLong();
        peer.on(
                RpcCall.CREATE_OBJECT,
                request -> Optional.of(RpcMessage.of(RpcCall.CREATE_OBJECT, new Ulong(created.incrementAndGet()))));
        module =
                TokenModule.of(RemoteModule.open(peer.settings(2), Duration.ofSeconds(30)), ModuleOptions.ofDefaults());
        try (Pin pin = Pin.of("1234".toCharArray())) {
            session = module.token("T").open(Login.user(pin));
        }
    }

    @AfterEach
    void close() {
        session.close();
        module.close();
    }

    @Test
    void creations_thatCannotBeRead_areMadeOnceAndSaySo() {
        List<Function<RpcMessage, Optional<RpcMessage>>> answers = List.of(
                request -> Optional.of(RpcMessage.error(SESSION_HANDLE_INVALID)),
                request -> Optional.of(RpcMessage.error(TOKEN_NOT_PRESENT)),
                request -> Optional.of(RpcMessage.error(DEVICE_ERROR)),
                request -> Optional.empty());
        for (Function<RpcMessage, Optional<RpcMessage>> answer : answers) {
            peer.on(RpcCall.GET_ATTRIBUTE_VALUE, answer);
            long before = peer.count(RpcCall.CREATE_OBJECT);

            List<Outcome<?>> outcomes = session.performAll(Collections.nCopies(MANY, creation()));

            assertThat(outcomes)
                    .hasSize(MANY)
                    .allSatisfy(outcome -> assertThat(outcome.failure())
                            .isInstanceOf(TokenOperationException.class)
                            .hasMessageContaining("cannot be read"));
            assertThat(peer.count(RpcCall.CREATE_OBJECT) - before).isEqualTo(MANY);
        }
    }

    @Test
    void create_thatCannotBeRead_isMadeOnceAndSaysSo() {
        peer.on(RpcCall.GET_ATTRIBUTE_VALUE, request -> Optional.of(RpcMessage.error(SESSION_HANDLE_INVALID)));

        assertThatThrownBy(() -> session.create(creation().template()))
                .isInstanceOf(TokenOperationException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> session.generateKeyPair(
                        Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                        Template.label("pair").onToken()))
                .isInstanceOf(TokenOperationException.class)
                .hasMessageContaining("cannot be read");

        assertThat(peer.count(RpcCall.CREATE_OBJECT)).isEqualTo(1);
        assertThat(peer.count(RpcCall.GENERATE_KEY_PAIR)).isEqualTo(1);
    }

    @Test
    void signatures_byAKeyWhoseHandleIsStale_areAllMade() {
        peer.on(RpcCall.FIND_OBJECTS, request -> found(peer.count(RpcCall.SIGN) == 0 ? KEY : KEY + 1));
        peer.on(
                RpcCall.SIGN_INIT,
                request -> Optional.of(
                        request.ulong(2) == KEY
                                ? RpcMessage.error(KEY_HANDLE_INVALID)
                                : RpcMessage.of(RpcCall.SIGN_INIT)));

        assertThat(session.performAll(Collections.nCopies(3, signature("key"))))
                .hasSize(3)
                .allMatch(outcome -> outcome.failure() == null);
    }

    @Test
    void signatures_byAKeyThatOnlyANewConnectionSees_areAllMade() {
        peer.on(
                RpcCall.FIND_OBJECTS,
                request -> peer.count(RpcCall.LOGIN) > 1
                        ? found(KEY)
                        : Optional.of(RpcMessage.of(RpcCall.FIND_OBJECTS, new Ulongs(List.of()))));

        assertThat(session.performAll(List.of(signature("one"), signature("other"), signature("one"))))
                .hasSize(3)
                .allMatch(outcome -> outcome.failure() == null);
    }

    @Test
    void signatures_byManyKeysThatNobodySees_openFewConnections() {
        List<Request<?>> requests = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            requests.add(signature("gone " + i));
        }

        assertThat(session.performAll(requests))
                .hasSize(MANY)
                .allSatisfy(outcome -> assertThat(outcome.failure()).isInstanceOf(ObjectNotFoundException.class));

        assertThat(peer.count(RpcCall.LOGIN)).isBetween(2L, 10L);
    }

    @Test
    void signatures_thatTheDeviceFailedAtOnce_areMadeAgain() {
        peer.on(RpcCall.FIND_OBJECTS, request -> found(KEY));
        peer.on(
                RpcCall.SIGN,
                request -> Optional.of(
                        peer.count(RpcCall.SIGN) <= 2 ? RpcMessage.error(DEVICE_ERROR) : peer.answer(request)));

        assertThat(session.performAll(Collections.nCopies(2, signature("key"))))
                .hasSize(2)
                .allMatch(outcome -> outcome.failure() == null);
    }

    private static Optional<RpcMessage> found(long handle) {
        return Optional.of(RpcMessage.of(RpcCall.FIND_OBJECTS, new Ulongs(List.of(handle))));
    }

    private static Request.Create creation() {
        return new Request.Create(Template.label("data")
                .with(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.VALUE, Bytes.of((byte) 1))
                .onToken());
    }

    private static Request.Sign signature(String key) {
        Attributes attributes = Attributes.none().with(Attribute.CLASS, ObjectClass.PRIVATE_KEY);
        PrivateKeyObject object = new PrivateKeyObject(new ObjectId.Unique("T", key), attributes, true);
        return new Request.Sign(object, Mechanism.ECDSA, Bytes.wrap(new byte[32]));
    }
}

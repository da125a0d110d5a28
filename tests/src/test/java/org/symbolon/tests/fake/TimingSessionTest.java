package org.symbolon.tests.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ObjectQuery;
import org.symbolon.Operation;
import org.symbolon.Outcome;
import org.symbolon.Pin;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.spi.Request;
import org.symbolon.tests.SourceFile;

/** A decorator of less than 60 lines hears of every kind of request. */
class TimingSessionTest {
    private final List<Request<?>> told = new ArrayList<>();
    private final List<Duration> times = new ArrayList<>();

    @Test
    void source_ofTheDecorator_isShort() {
        assertThat(SourceFile.linesOf(TimingSession.class)).hasSizeBetween(30, 59);
    }

    @Test
    void perform_oneRequestOfEachKind_isToldOfEach() throws TokenException {
        try (TokenModule module = TokenModule.open("fake:");
                Session session = timed(module)) {
            List<Request<?>> asked = oneOfEachKind(session);
            told.clear();

            for (Request<?> request : asked) {
                assertThat(session.performAll(List.of(request))).hasSize(1);
            }

            assertThat(told).isEqualTo(asked);
            assertThat(times).allSatisfy(time -> assertThat(time).isPositive());
            assertThat(kindsOf(told)).isEqualTo(everyKind(Request.class));
        }
    }

    @Test
    void session_oneMethodCall_isToldOnce() throws TokenException {
        try (TokenModule module = TokenModule.open("fake:");
                Session session = timed(module)) {
            PrivateKeyObject key = session.privateKey("fake");
            session.sign(key, Mechanism.ECDSA, new byte[32]);

            assertThat(told).hasSize(2);
            assertThat(told.get(1)).isInstanceOf(Request.Sign.class);
        }
    }

    @Test
    void session_thatLogsIn_isStillTimed() throws TokenException {
        try (TokenModule module = TokenModule.open("fake:");
                Session session = timed(module);
                Session user = session.login(Login.identity())) {
            user.findAll(ObjectQuery.all());

            assertThat(told).hasSize(1);
        }
    }

    @Test
    void start_aStream_isToldEvenIfItIsRefused() throws TokenException {
        try (TokenModule module = TokenModule.open("fake:");
                Session session = timed(module)) {
            PrivateKeyObject key = session.privateKey("fake");
            told.clear();

            try (Operation operation = session.startSign(key, Mechanism.ECDSA)) {
                assertThat(operation).as("the fake does not stream").isNull();
            } catch (TokenException e) {
                assertThat(e.status().name()).isEqualTo("CKR_FUNCTION_NOT_SUPPORTED");
            }

            assertThat(told).hasSize(1);
        }
    }

    @Test
    void performAll_withOneThatFails_toldOfAll() throws TokenException {
        try (TokenModule module = TokenModule.open("fake:");
                Session session = timed(module)) {
            List<Outcome<?>> outcomes = session.performAll(
                    List.of(new Request.Find(ObjectQuery.all(), Set.of()), new Request.GenerateRandom(8)));

            assertThat(outcomes.get(0).failure()).isNull();
            assertThat(outcomes.get(1).failure()).isNotNull();
            assertThat(told).hasSize(2);
        }
    }

    private Session timed(TokenModule module) throws TokenException {
        return module.token("Fake")
                .open(Login.none())
                .decorated(spi -> new TimingSession(spi, (request, time) -> {
                    told.add(request);
                    times.add(time);
                }));
    }

    private static List<Request<?>> oneOfEachKind(Session session) throws TokenException {
        PrivateKeyObject key = session.privateKey("fake");
        PublicKeyObject publicKey = session.publicKey("fake");
        Mechanism mechanism = Mechanism.ECDSA;
        Template template = Template.empty();
        Bytes data = Bytes.empty();
        Pin pin = Pin.of('1');
        return List.of(
                new Request.Find(ObjectQuery.all(), Set.of()),
                new Request.GetAttributes(key, Set.of()),
                new Request.SetAttributes(key, template),
                new Request.Create(template),
                new Request.Copy(key, template),
                new Request.Destroy(key),
                new Request.GenerateKey(mechanism, template),
                new Request.GenerateKeyPair(mechanism, template, template),
                new Request.DeriveKey(key, mechanism, template),
                new Request.WrapKey(key, mechanism, key),
                new Request.UnwrapKey(key, mechanism, data, template),
                new Request.Sign(key, mechanism, Bytes.wrap(new byte[32])),
                new Request.Verify(publicKey, mechanism, data, data),
                new Request.Encrypt(publicKey, mechanism, data),
                new Request.Decrypt(key, mechanism, data),
                new Request.Digest(mechanism, data),
                new Request.Encapsulate(publicKey, mechanism, template),
                new Request.Decapsulate(key, mechanism, data, template),
                new Request.GenerateRandom(1),
                new Request.SeedRandom(data),
                new Request.InitPin(pin),
                new Request.SetPin(pin, pin));
    }

    private static Set<Class<?>> kindsOf(List<Request<?>> requests) {
        Set<Class<?>> kinds = new LinkedHashSet<>();
        requests.forEach(request -> kinds.add(request.getClass()));
        return kinds;
    }

    /** The records of a sealed family, those behind its sealed members included. */
    private static Set<Class<?>> everyKind(Class<?> family) {
        Set<Class<?>> kinds = new LinkedHashSet<>();
        for (Class<?> member : family.getPermittedSubclasses()) {
            if (member.isRecord()) {
                kinds.add(member);
            } else {
                kinds.addAll(everyKind(member));
            }
        }
        return kinds;
    }
}

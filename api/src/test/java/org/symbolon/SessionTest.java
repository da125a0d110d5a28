package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestHandler;

@Timeout(60)
class SessionTest {
    private static final PrivateKeyObject KEY = new PrivateKeyObject(
            new ObjectId.Unique("1", "u"),
            Attributes.none()
                    .with(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                    .with(Attribute.LABEL, "ssh-ca")
                    .with(Attribute.KEY_TYPE, KeyType.EC),
            true);

    /** Answers signatures as told. */
    private abstract static class Signer implements RequestHandler {
        @Override
        public abstract byte[] sign(Request.Sign request, CallOptions options) throws TokenException;
    }

    private static Session open(RequestHandler handler, ModuleOptions options) throws TokenException {
        return FakeModule.open(handler, options).token("Team").open(Login.none());
    }

    @Test
    void sign_refused_saysWhatWasAskedOfWhichTokenAndObjectAndWhatCameBack() throws Exception {
        RequestHandler refusing = new Signer() {
            @Override
            public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
                throw new TokenPermissionException(Status.ckr("CKR_KEY_FUNCTION_NOT_PERMITTED"), "CKA_SIGN is false");
            }
        };
        try (Session session = open(refusing, ModuleOptions.ofDefaults())) {
            assertThatThrownBy(() -> session.sign(KEY, Mechanism.ECDSA, new byte[32]))
                    .isInstanceOf(TokenPermissionException.class)
                    .hasMessage("Sign with CKM_ECDSA on private key \"ssh-ca\" in token \"Team\":"
                            + " CKR_KEY_FUNCTION_NOT_PERMITTED: CKA_SIGN is false");
        }
    }

    @Test
    void anything_thatABackendDoesNotDo_isRefusedAsUnsupported() throws Exception {
        try (Session session = open(new RequestHandler() {}, ModuleOptions.ofDefaults())) {
            TokenException refused = catchThrowableOfType(TokenException.class, () -> session.random(1));
            assertThat(refused.status().name()).isEqualTo("CKR_FUNCTION_NOT_SUPPORTED");
            assertThat(refused.status().code()).isEqualTo(0x54);
            List<Outcome<?>> outcomes = session.performAll(List.of(new Request.GenerateRandom(1)));
            assertThat(outcomes)
                    .singleElement()
                    .satisfies(outcome -> assertThatThrownBy(outcome::get)
                            .hasMessageStartingWith("Generate random in token \"Team\": CKR_FUNCTION_NOT_SUPPORTED"));
        }
    }

    @Test
    void within_aTime_givesThatDeadlineToTheCall() throws Exception {
        AtomicReference<Duration> left = new AtomicReference<>(Duration.ZERO);
        RequestHandler recording = new Signer() {
            @Override
            public byte[] sign(Request.Sign request, CallOptions options) {
                left.set(options.deadline().remaining());
                return new byte[0];
            }
        };
        try (Session session = open(recording, ModuleOptions.ofDefaults())) {
            session.within(Duration.ofHours(5)).sign(KEY, Mechanism.ECDSA, new byte[0]);
            assertThat(left.get()).isBetween(Duration.ofHours(4), Duration.ofHours(5));
        }
    }

    @Test
    void authenticating_withAPinThatIsRefused_showsItOnce() throws Exception {
        AtomicInteger shown = new AtomicInteger();
        RequestHandler refusing = new Signer() {
            @Override
            public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
                if (options.contextPin().isPresent()) {
                    shown.incrementAndGet();
                    throw new TokenAuthenticationException(
                            Status.ckr("CKR_PIN_INCORRECT"), "wrong", OptionalInt.of(2), null);
                }
                return new byte[1];
            }

            @Override
            public byte[] generateRandom(Request.GenerateRandom request, CallOptions options) {
                return new byte[request.length()];
            }
        };
        try (Session session = open(refusing, ModuleOptions.ofDefaults());
                Pin pin = Pin.of('1', '2')) {
            Session view = session.authenticating(pin);
            for (int i = 0; i < 3; i++) {
                TokenAuthenticationException refused = catchThrowableOfType(
                        TokenAuthenticationException.class,
                        () -> view.within(Duration.ofHours(1)).sign(KEY, Mechanism.ECDSA, new byte[32]));
                assertThat(refused.status().name()).isEqualTo("CKR_PIN_INCORRECT");
                assertThat(refused.attemptsLeft()).hasValue(2);
            }
            assertThatThrownBy(() -> view.startSign(KEY, Mechanism.ECDSA))
                    .isInstanceOf(TokenAuthenticationException.class)
                    .hasMessageContaining("not tried again");
            assertThat(view.performAll(List.of(new Request.Sign(KEY, Mechanism.ECDSA, Bytes.empty()))))
                    .hasSize(1);
            assertThat(shown).hasValue(1);
            assertThat(view.random(3)).hasSize(3);
            assertThatThrownBy(() -> session.authenticating(pin).sign(KEY, Mechanism.ECDSA, new byte[32]))
                    .isInstanceOf(TokenAuthenticationException.class);
            assertThat(shown).as("another view").hasValue(2);
        }
    }

    @Test
    void close_thenAnyUse_isIllegalState() throws Exception {
        Session session = open(new RequestHandler() {}, ModuleOptions.ofDefaults());
        session.close();
        session.close();
        assertThat(session.isClosed()).isTrue();
        assertThatThrownBy(() -> session.random(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the session on token \"Team\" was closed");
    }

    @Test
    void close_ofTheModule_closesItsSessionsFirst() throws Exception {
        FakeModule fake = new FakeModule(new RequestHandler() {});
        TokenModule module = TokenModule.of(fake, ModuleOptions.ofDefaults());
        Session session = module.token("Team").open(Login.none());
        Session derived = session.login(Login.none());
        module.close();
        module.close();
        assertThat(session.isClosed()).isTrue();
        assertThat(derived.isClosed()).isTrue();
        assertThat(fake.closed).isEqualTo(3);
        assertThatThrownBy(module::slots).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void close_withCancel_interruptsWhatRuns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Session session = open(
                blocking(running, new CountDownLatch(1)),
                ModuleOptions.ofDefaults().withClosePolicy(ModuleOptions.ClosePolicy.CANCEL));
        CompletableFuture<byte[]> signature = CompletableFuture.supplyAsync(() -> sign(session));
        running.await();
        session.close();
        assertThatThrownBy(signature::get)
                .hasRootCauseInstanceOf(InterruptedException.class)
                .hasMessageContaining("interrupted while waiting for a latch");
    }

    @Test
    void close_withWait_letsWhatRunsFinish() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Session session = open(blocking(running, release), ModuleOptions.ofDefaults());
        CompletableFuture<byte[]> signature = CompletableFuture.supplyAsync(() -> sign(session));
        running.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(session::close);
        while (!session.isClosed()) {
            Thread.onSpinWait();
        }
        assertThat(closing).isNotDone();
        release.countDown();
        closing.get();
        assertThat(signature.get()).containsExactly(1);
    }

    @Test
    void close_ofTheModule_endsTheCallsOfItsSessionsTogether() throws Exception {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        TokenModule module = FakeModule.open(
                new Signer() {
                    @Override
                    public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
                        running.countDown();
                        return endsWithTheOther(interrupted, options);
                    }
                },
                ModuleOptions.ofDefaults().withClosePolicy(ModuleOptions.ClosePolicy.CANCEL));
        Token token = module.token("Team");
        List<CompletableFuture<byte[]>> signatures = List.of(
                CompletableFuture.supplyAsync(() -> sign(token)), CompletableFuture.supplyAsync(() -> sign(token)));
        running.await();
        module.close();
        for (CompletableFuture<byte[]> signature : signatures) {
            assertThat(signature.get()).containsExactly(1);
        }
    }

    /** Waits to be interrupted, then for the interruption of the other call; returns 1 if that came. */
    private static byte[] endsWithTheOther(CountDownLatch interrupted, CallOptions options) throws TokenException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
        try {
            return new byte[] {(byte) (interrupted.await(10, TimeUnit.SECONDS) ? 1 : 0)};
        } catch (InterruptedException e) {
            throw options.deadline().interrupted("the other call", e);
        }
    }

    private static byte[] sign(Token token) {
        try {
            return sign(token.open(Login.none()));
        } catch (TokenException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] sign(Session session) {
        try {
            return session.sign(KEY, Mechanism.ECDSA, new byte[0]);
        } catch (TokenException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static RequestHandler blocking(CountDownLatch running, CountDownLatch release) {
        return new Signer() {
            @Override
            public byte[] sign(Request.Sign request, CallOptions options) throws TokenException {
                running.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw options.deadline().interrupted("a latch", e);
                }
                return new byte[] {1};
            }
        };
    }

    @Test
    void generateKeyPair_parameters_becomeAttributesOfTheTemplates() throws Exception {
        AtomicReference<Request.GenerateKeyPair> asked = new AtomicReference<>();
        RequestHandler recording = new RequestHandler() {
            @Override
            public KeyPairObject generateKeyPair(Request.GenerateKeyPair request, CallOptions options)
                    throws TokenException {
                asked.set(request);
                return RequestHandler.super.generateKeyPair(request, options);
            }
        };
        try (Session session = open(recording, ModuleOptions.ofDefaults())) {
            assertThatThrownBy(() ->
                            session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("deploy")))
                    .isInstanceOf(TokenOperationException.class);
        }
        Request.GenerateKeyPair request = java.util.Objects.requireNonNull(asked.get());
        assertThat(request.publicTemplate().attributes().get(Attribute.EC_PARAMS))
                .isEqualTo(NamedCurve.P256.ecParams());
        assertThat(request.publicTemplate().attributes().isTrue(Attribute.TOKEN))
                .isTrue();
        assertThat(request.privateTemplate().attributes().has(Attribute.EC_PARAMS))
                .isFalse();
        assertThat(request.generator().parameters()).isEqualTo(new MechanismParameters.None());
    }

    @Test
    void open_unknownScheme_namesTheArtifactAndWhatIsHere() {
        assertThatThrownBy(() -> TokenModule.open("kmip://host:5696"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no backend opens kmip: URIs; is symbolon-kmip on the path?");
        assertThatThrownBy(() -> TokenModule.open("team.db"))
                .hasMessage("a module's URI is scheme:rest, such as soft:sqlite:team.db or kmip://host:5696,"
                        + " not team.db");
    }

    @Test
    void token_unknownLabel_listsThoseThatThereAre() throws Exception {
        try (TokenModule module = FakeModule.open(new RequestHandler() {}, ModuleOptions.ofDefaults())) {
            assertThatThrownBy(() -> module.token("Teem"))
                    .isInstanceOf(ObjectNotFoundException.class)
                    .hasMessageContaining("no token matches pkcs11:token=Teem; there are [\"Team\"]");
        }
    }

    private static Session openWithObjects(FakeModule fake) throws TokenException {
        return TokenModule.of(fake, ModuleOptions.ofDefaults()).token("Team").open(Login.none());
    }

    private static RequestHandler finding() {
        return new RequestHandler() {
            @Override
            public ObjectCursor find(Request.Find request, CallOptions options) {
                return ObjectCursor.of(List.of(KEY));
            }
        };
    }

    @Test
    void cursor_afterItsSessionWasClosed_isIllegalState() throws Exception {
        Session session = openWithObjects(new FakeModule(finding()));
        ObjectCursor cursor = session.find(ObjectQuery.all());
        ObjectCursor batched =
                (ObjectCursor) session.performAll(List.of(new Request.Find(ObjectQuery.all(), java.util.Set.of())))
                        .get(0)
                        .get();
        assertThatThrownBy(() -> cursor.next(0)).isInstanceOf(IllegalArgumentException.class);
        session.close();
        assertThatThrownBy(() -> cursor.next(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batched.next(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void close_ofAView_closesTheSessionOnce() throws Exception {
        FakeModule fake = new FakeModule(finding());
        TokenModule module = TokenModule.of(fake, ModuleOptions.ofDefaults());
        try (Session view = module.token("Team").open(Login.none()).within(Duration.ofSeconds(1))) {
            assertThat(view.findAll(ObjectQuery.all())).containsExactly(KEY);
        }
        assertThat(fake.closed).isEqualTo(1);
        module.close();
        assertThat(fake.closed).isEqualTo(2);
    }

    @Test
    void close_insideItsOwnCall_leavesTheThreadUninterrupted() throws Exception {
        AtomicReference<Session> self = new AtomicReference<>();
        Session session = open(
                new Signer() {
                    @Override
                    public byte[] sign(Request.Sign request, CallOptions options) {
                        java.util.Objects.requireNonNull(self.get()).close();
                        return new byte[] {1};
                    }
                },
                ModuleOptions.ofDefaults());
        self.set(session);
        assertThat(session.sign(KEY, Mechanism.ECDSA, new byte[0])).containsExactly(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void decorated_closedSession_isIllegalState() throws Exception {
        Session session = openWithObjects(new FakeModule(finding()));
        session.close();
        assertThatThrownBy(() -> session.decorated(spi -> spi)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void changes_ofAClosedModule_isIllegalState() throws Exception {
        TokenModule module = TokenModule.of(new FakeModule(finding()), ModuleOptions.ofDefaults());
        Token token = module.token("Team");
        module.close();
        assertThatThrownBy(() -> token.changes(change -> {})).isInstanceOf(IllegalStateException.class);
    }
}

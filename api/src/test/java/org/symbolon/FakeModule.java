package org.symbolon;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.Request;
import org.symbolon.spi.RequestHandler;
import org.symbolon.spi.SessionSpi;
import org.symbolon.spi.SlotSpi;
import org.symbolon.spi.TokenSpi;

/** A module with one slot and one token whose sessions hand requests to a handler. */
final class FakeModule implements ModuleSpi, TokenSpi {
    static final TokenInfo INFO = new TokenInfo("Team", "Symbolon", "Fake", "1", Set.of(), 4, 255, OptionalInt.empty());

    private final RequestHandler handler;
    int closed;

    FakeModule(RequestHandler handler) {
        this.handler = handler;
    }

    static TokenModule open(RequestHandler handler, ModuleOptions options) {
        return TokenModule.of(new FakeModule(handler), options);
    }

    @Override
    public ModuleInfo info() {
        return new ModuleInfo("Fake", "Symbolon", "1.0");
    }

    @Override
    public List<? extends SlotSpi> slots(CallOptions options) {
        return List.of(slot());
    }

    private SlotSpi slot() {
        TokenSpi token = this;
        return new SlotSpi() {
            @Override
            public SlotInfo info() {
                return new SlotInfo(0, "Fake slot", "Symbolon");
            }

            @Override
            public Optional<TokenSpi> token(CallOptions options) {
                return Optional.of(token);
            }

            @Override
            public TokenSpi initialize(String label, Pin soPin, CallOptions options) {
                return token;
            }
        };
    }

    @Override
    public TokenInfo info(CallOptions options) {
        return INFO;
    }

    @Override
    public Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) {
        return Map.of();
    }

    @Override
    public SessionSpi open(Login login, boolean readOnly, CallOptions options) {
        return new FakeSession(login.role(), readOnly);
    }

    @Override
    public ChangeSubscription changes(ChangeListener listener) {
        return () -> {};
    }

    @Override
    public Duration changeDelay() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        closed++;
    }

    private final class FakeSession implements SessionSpi {
        private final SessionInfo info;

        FakeSession(Role role, boolean readOnly) {
            info = new SessionInfo(INFO, role, readOnly);
        }

        @Override
        public SessionInfo info() {
            return info;
        }

        @Override
        public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
            return request.dispatch(handler, options);
        }

        @Override
        public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
            throw new TokenOperationException(Status.ckr("CKR_FUNCTION_NOT_SUPPORTED"), "no streams here");
        }

        @Override
        public SessionSpi login(Login login, CallOptions options) {
            return new FakeSession(login.role(), false);
        }

        @Override
        public void close() {
            closed++;
        }
    }
}

package org.symbolon.tests.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.Login;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.ModuleInfo;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.Operation;
import org.symbolon.Outcome;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.SessionInfo;
import org.symbolon.SlotInfo;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleFactory;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.Request;
import org.symbolon.spi.SessionSpi;
import org.symbolon.spi.SlotSpi;
import org.symbolon.spi.TokenSpi;

/** A real module that loses sessions and connections as its {@link Faults} say. */
record FaultyModule(ModuleSpi real, Faults faults, Faults.Birth born, AtomicBoolean closed) implements ModuleSpi {
    /** Opens the module of a URI. */
    static TokenModule open(String uri, Faults faults) throws TokenException {
        ModuleUri parsed = ModuleUri.parse(uri);
        ModuleFactory factory = ServiceLoader.load(ModuleFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.schemes().contains(parsed.scheme()))
                .findFirst()
                .orElseThrow();
        Faults.Birth born = faults.born();
        ModuleSpi real = factory.open(parsed, ModuleOptions.ofDefaults());
        faults.modulesOpen.incrementAndGet();
        return TokenModule.of(new FaultyModule(real, faults, born, new AtomicBoolean()), ModuleOptions.ofDefaults());
    }

    @Override
    public ModuleInfo info() {
        return real.info();
    }

    @Override
    public List<? extends SlotSpi> slots(CallOptions options) throws TokenException {
        faults.checkConnection(born);
        List<SlotSpi> slots = new ArrayList<>();
        for (SlotSpi slot : real.slots(options)) {
            slots.add(new FaultySlot(slot, this));
        }
        return slots;
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            faults.modulesOpen.decrementAndGet();
            real.close();
        }
    }

    private record FaultySlot(SlotSpi real, FaultyModule module) implements SlotSpi {
        @Override
        public SlotInfo info() {
            return real.info();
        }

        @Override
        public Optional<TokenSpi> token(CallOptions options) throws TokenException {
            return real.token(options).map(token -> new FaultyToken(token, module));
        }

        @Override
        public TokenSpi initialize(String label, Pin soPin, CallOptions options) throws TokenException {
            return real.initialize(label, soPin, options);
        }
    }

    private record FaultyToken(TokenSpi real, FaultyModule module) implements TokenSpi {
        @Override
        public TokenInfo info(CallOptions options) throws TokenException {
            module.faults.checkConnection(module.born);
            return real.info(options);
        }

        @Override
        public Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) throws TokenException {
            module.faults.checkConnection(module.born);
            return real.mechanisms(options);
        }

        @Override
        public SessionSpi open(Login login, boolean readOnly, CallOptions options) throws TokenException {
            module.faults.checkConnection(module.born);
            module.faults.logins.addAndGet(login.role() == Role.PUBLIC ? 0 : 1);
            return FaultySession.of(real.open(login, readOnly, options), module);
        }

        @Override
        public ChangeSubscription changes(ChangeListener listener) throws TokenException {
            module.faults.checkConnection(module.born);
            return real.changes(listener);
        }

        @Override
        public Duration changeDelay() {
            return real.changeDelay();
        }
    }

    private record FaultySession(SessionSpi real, FaultyModule module, Faults.Birth born, AtomicBoolean closed)
            implements SessionSpi {
        static FaultySession of(SessionSpi real, FaultyModule module) throws TokenException {
            module.faults.sessionsOpen.incrementAndGet();
            Faults.Birth now = module.faults.born();
            return new FaultySession(
                    real, module, new Faults.Birth(module.born.connection(), now.session()), new AtomicBoolean());
        }

        @Override
        public SessionInfo info() {
            return real.info();
        }

        @Override
        public <R> R perform(Request<R> request, CallOptions options) throws TokenException {
            module.faults.checkSession(born);
            R result = real.perform(request, options);
            module.faults.afterwards();
            return result;
        }

        @Override
        public List<Outcome<?>> performAll(List<? extends Request<?>> requests, CallOptions options) {
            try {
                module.faults.checkSession(born);
                return real.performAll(requests, options);
            } catch (TokenException e) {
                List<Outcome<?>> failures = new ArrayList<>();
                requests.forEach(request -> failures.add(Outcome.failure(e)));
                return failures;
            }
        }

        @Override
        public Operation start(Request.Streamable<?> request, CallOptions options) throws TokenException {
            module.faults.checkSession(born);
            return real.start(request, options);
        }

        @Override
        public SessionSpi login(Login login, CallOptions options) throws TokenException {
            module.faults.checkSession(born);
            module.faults.logins.incrementAndGet();
            return of(real.login(login, options), module);
        }

        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                module.faults.sessionsOpen.decrementAndGet();
                real.close();
            }
        }
    }
}

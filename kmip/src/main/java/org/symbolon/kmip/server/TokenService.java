package org.symbolon.kmip.server;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** The operations over sessions, put together for each party. Thread-safe. */
final class TokenService implements Admission.Services, AutoCloseable {
    private final KmipSessions sessions;
    private final KmipAccess access;
    private final Clock clock;
    private final Semantics semantics;
    private final Tickets tickets;
    private final PolicyOperations policy;
    private final Streams streams;
    private final ReservedNames reserved = new ReservedNames();
    private final Map<Session, ObjectStore> stores = new ConcurrentHashMap<>();

    TokenService(KmipSessions sessions, KmipAccess access, Clock clock, Semantics semantics, Tickets tickets) {
        this.sessions = sessions;
        this.access = access;
        this.clock = clock;
        this.semantics = semantics;
        this.tickets = tickets;
        this.policy = new PolicyOperations(semantics);
        this.streams = new Streams(clock);
    }

    /** Returns what answers requests with the objects that a session sees, to whoever sends them. */
    static RequestMachine machine(Session session, Clock clock, TtlvLimits limits) {
        return machine(session, clock, limits, Semantics.DEFAULT);
    }

    /** Returns what answers requests as an operator wants it. */
    static RequestMachine machine(Session session, Clock clock, TtlvLimits limits, Semantics semantics) {
        Tickets tickets = new Tickets(clock);
        TokenService service =
                new TokenService(identity -> session, KmipAccess.ofDefaults(), clock, semantics, tickets);
        return service.machine(claim -> KmipProof.of(claim.source()), limits);
    }

    /** Returns what answers the requests of those that an authenticator knows. */
    RequestMachine machine(KmipAuthenticator authenticator, TtlvLimits limits) {
        return new RequestMachine(new Admission(authenticator, true, tickets, this), clock, limits);
    }

    @Override
    public Handlers of(Party party) throws TokenException {
        Handlers handlers = new Handlers();
        new ServerOperations(handlers, semantics).addTo(handlers);
        if (!party.equals(Party.NOBODY)) {
            new LoginOperations(tickets, party).addTo(handlers);
            new LaterOperations(new Asynchronous(clock)).addTo(handlers);
            Session session = sessions.of(new KmipIdentity(party.name()));
            ObjectStore store = stores.computeIfAbsent(session, each -> new ObjectStore(each, clock, semantics));
            addTo(handlers, store.seenBy(new Permissions(access, party, semantics.authority())));
        }
        return handlers;
    }

    private void addTo(Handlers handlers, ObjectStore store) {
        Names names = new Names(store, reserved);
        handlers.afterEach(reserved::release);
        Materials materials = new Materials(store);
        View view = new View(store, materials);
        Use use = new Use(store);
        Creation creation = new Creation(store, materials, names, policy);
        NewObjects objects = new NewObjects(store, creation);
        Pkcs12Exchange files = new Pkcs12Exchange(store, materials, objects, use);
        Presentation presentation = new Presentation(store, materials, view, use, files);
        CreateOperations creating = new CreateOperations(store, creation, objects);
        creating.addTo(handlers);
        new ReKeyOperations(store, creation, creating, view).addTo(handlers);
        new DeriveOperations(store, creation, objects, materials, use).addTo(handlers);
        new SplitOperations(store, creation, objects, materials).addTo(handlers);
        new ValidateOperations(store, materials).addTo(handlers);
        new Pkcs11Operations(store).addTo(handlers);
        new CertifyOperations(store, creation, objects, materials).addTo(handlers);
        new ExchangeOperations(store, creation, objects, presentation, view).addTo(handlers);
        new RegisterOperations(creation, objects, files).addTo(handlers);
        new ObjectOperations(store, presentation, view).addTo(handlers);
        new AttributeOperations(store, names).addTo(handlers);
        new LifecycleOperations(store, view).addTo(handlers);
        new UsageOperations(store).addTo(handlers);
        policy.addTo(handlers);
        new SignatureOperations(store, use, streams).addTo(handlers);
        new CipherOperations(store, materials, use, streams).addTo(handlers);
        new MacOperations(store, materials, use, streams).addTo(handlers);
    }

    /** Ends what is followed of the token. Its sessions stay open. */
    @Override
    public void close() {
        streams.close();
        stores.values().forEach(ObjectStore::close);
    }
}

package org.symbolon.kmip.server;

import java.time.Clock;
import org.symbolon.Session;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** Puts the operations together over a session. */
final class TokenService {
    private TokenService() {}

    /** Returns what answers requests with the objects that a session sees. */
    static RequestMachine machine(Session session, Clock clock, TtlvLimits limits) {
        return machine(session, clock, limits, Semantics.DEFAULT);
    }

    /** Returns what answers requests as an operator wants it. */
    static RequestMachine machine(Session session, Clock clock, TtlvLimits limits, Semantics semantics) {
        ObjectStore store = new ObjectStore(session, clock, semantics);
        Materials materials = new Materials(store);
        View view = new View(store, materials);
        Use use = new Use(store);
        Creation creation = new Creation(store, materials);
        NewObjects objects = new NewObjects(store, creation);
        Presentation presentation = new Presentation(store, materials, view, use);
        Streams streams = new Streams(store, clock);
        Handlers handlers = new Handlers();
        new ServerOperations(handlers, semantics).addTo(handlers);
        CreateOperations creating = new CreateOperations(store, creation);
        creating.addTo(handlers);
        new ReKeyOperations(store, creation, creating, view).addTo(handlers);
        new DeriveOperations(store, creation, objects, materials, use).addTo(handlers);
        new SplitOperations(store, creation, objects, materials).addTo(handlers);
        new ExchangeOperations(store, creation, objects, presentation, view).addTo(handlers);
        new RegisterOperations(creation, objects).addTo(handlers);
        new ObjectOperations(store, presentation, view).addTo(handlers);
        new AttributeOperations(store).addTo(handlers);
        new LifecycleOperations(store, view).addTo(handlers);
        new UsageOperations(store).addTo(handlers);
        new SignatureOperations(store, use, streams).addTo(handlers);
        new CipherOperations(store, materials, use, streams).addTo(handlers);
        new MacOperations(store, materials, use, streams).addTo(handlers);
        return new RequestMachine(handlers, clock, limits);
    }
}

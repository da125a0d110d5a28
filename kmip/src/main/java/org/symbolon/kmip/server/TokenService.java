package org.symbolon.kmip.server;

import java.time.Clock;
import org.symbolon.Session;
import org.symbolon.kmip.ttlv.TtlvLimits;

/** Puts the operations together over a session. */
final class TokenService {
    private TokenService() {}

    /** Returns what answers requests with the objects that a session sees. */
    static RequestMachine machine(Session session, Clock clock, TtlvLimits limits) {
        ObjectStore store = new ObjectStore(session, clock);
        Materials materials = new Materials(store);
        View view = new View(store, materials);
        Use use = new Use(store);
        Creation creation = new Creation(store, materials);
        Handlers handlers = new Handlers();
        new ServerOperations(handlers).addTo(handlers);
        new CreateOperations(store, creation).addTo(handlers);
        new RegisterOperations(store, creation).addTo(handlers);
        new ObjectOperations(store, materials, view, use).addTo(handlers);
        new AttributeOperations(store).addTo(handlers);
        new LifecycleOperations(store).addTo(handlers);
        new CryptoOperations(store, use).addTo(handlers);
        return new RequestMachine(handlers, clock, limits);
    }
}

package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ObjectId;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Outcome;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.remote.client.ConnectionPool.Repeat;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.BufferList;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Capability;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/**
 * Several requests whose calls leave together: none waits for the reply to the one before. A failure is that of its own request
 * only. What needs more than calls that are known beforehand, or does not come out as usual, is done alone.
 */
final class RequestFlight {
    private static final Logger LOG = LoggerFactory.getLogger(RequestFlight.class);
    private static final int MAX_REQUESTS = 256;

    /** How many objects are looked for on new connections, each of which logs in, before others are taken for gone too. */
    private static final int MAX_MISSED = 8;

    /** What a failure says that may be gone when its request, which changes nothing, is made again by itself. */
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of(
            "CKR_BUFFER_TOO_SMALL",
            "CKR_OPERATION_ACTIVE",
            "CKR_OPERATION_NOT_INITIALIZED",
            "CKR_USER_NOT_LOGGED_IN",
            "CKR_SESSION_HANDLE_INVALID",
            "CKR_SESSION_CLOSED",
            "CKR_CRYPTOKI_NOT_INITIALIZED",
            "CKR_DEVICE_ERROR",
            "CKR_DEVICE_REMOVED",
            "CKR_TOKEN_NOT_PRESENT");

    private final SessionAccess access;
    private final CallOptions options;
    private final Map<Integer, Outcome<?>> outcomes = new TreeMap<>();
    private final Map<Integer, ObjectNotFoundException> unseen = new TreeMap<>();

    RequestFlight(SessionAccess access, CallOptions options) {
        this.access = access;
        this.options = options;
    }

    /** Does a request by itself. */
    @FunctionalInterface
    interface Alone {
        Object perform(Request<?> request) throws TokenException;
    }

    /** What travels together: requests at one pool, which change objects or do not. */
    private record Group(ConnectionPool pool, boolean changes) {}

    /** The calls of a request, and what their replies mean. */
    private record Plan(Request<?> request, List<RpcMessage> calls, Reading reading) {}

    /** An object that was created, before it is read. */
    private record Made(long handle) {}

    /** Reads the replies to the calls of a request. */
    @FunctionalInterface
    private interface Reading {
        Object from(List<RpcMessage> replies) throws TokenException, ConnectionLostException;
    }

    /** Returns the outcome of each request. */
    List<Outcome<?>> perform(List<? extends Request<?>> all, Alone alone) {
        Map<Group, Map<Integer, Request<?>>> groups = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            int index = i;
            group(all.get(i))
                    .ifPresent(group -> groups.computeIfAbsent(group, same -> new TreeMap<>())
                            .put(index, all.get(index)));
        }
        groups.forEach(this::depart);
        int missed = 0;
        for (int i = 0; i < all.size(); i++) {
            ObjectNotFoundException notSeen = unseen.get(i);
            if (!outcomes.containsKey(i)) {
                Outcome<?> outcome =
                        notSeen != null && missed >= MAX_MISSED ? Outcome.failure(notSeen) : alone(all.get(i), alone);
                outcomes.put(i, outcome);
                missed += notSeen != null && outcome.failure() instanceof ObjectNotFoundException ? 1 : 0;
            }
        }
        return List.copyOf(outcomes.values());
    }

    private static Outcome<?> alone(Request<?> request, Alone alone) {
        try {
            return Outcome.success(alone.perform(request));
        } catch (TokenException e) {
            return Outcome.failure(e);
        }
    }

    /** Returns with what a request travels; empty if it goes alone. */
    private Optional<Group> group(Request<?> request) {
        boolean travels = request instanceof Request.Streamable<?>
                || request instanceof Request.GetAttributes
                || (request instanceof Request.GenerateRandom random && random.length() > 0)
                || request instanceof Request.Create
                || request instanceof Request.Destroy;
        if (!travels || options.contextPin().isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Group(access.place(request), request.changesObjects()));
        } catch (TokenException e) {
            LOG.debug("{} goes alone: {}", request.describe(), e.getMessage());
            return Optional.empty();
        }
    }

    private void depart(Group group, Map<Integer, Request<?>> requests) {
        Map<Integer, Request<?>> flight = new TreeMap<>();
        requests.forEach((index, request) -> {
            flight.put(index, request);
            if (flight.size() == MAX_REQUESTS) {
                fly(group, flight);
                flight.clear();
            }
        });
        if (flight.size() > 1) {
            fly(group, flight);
        }
    }

    private void fly(Group group, Map<Integer, Request<?>> requests) {
        Repeat repeat = group.changes() ? Repeat.IF_NOTHING_WAS_DONE : Repeat.ALWAYS;
        try {
            int done = group.pool().call(options.deadline(), repeat, connection -> {
                outcomes.keySet().removeAll(requests.keySet());
                return on(connection, requests);
            });
            LOG.debug("{} of {} requests were done in one flight", done, requests.size());
        } catch (TokenException e) {
            requests.keySet().forEach(index -> outcomes.putIfAbsent(index, Outcome.failure(e)));
        }
    }

    private int on(TokenConnection connection, Map<Integer, Request<?>> requests)
            throws TokenException, ConnectionLostException {
        SessionObjects objects = new SessionObjects(access, connection, options.deadline());
        objects.lookUpAll(requests.values().stream()
                .flatMap(request -> SessionAccess.objects(request).stream())
                .toList());
        return connection.dialect().has(Capability.ONE_SHOT)
                ? in(connection.home(), objects, requests)
                : connection.beginInSession(options.deadline(), session -> {
                    int done = in(session, objects, requests);
                    if (outcomes.keySet().containsAll(requests.keySet())) {
                        connection.returnSession(session);
                    } else {
                        connection.dropSession(session, options.deadline()); // an operation may be left in it
                    }
                    return done;
                });
    }

    private int in(long session, SessionObjects objects, Map<Integer, Request<?>> requests)
            throws TokenException, ConnectionLostException {
        Map<Integer, Plan> plans = new TreeMap<>();
        List<RpcMessage> calls = new ArrayList<>();
        for (Map.Entry<Integer, Request<?>> each : requests.entrySet()) {
            try {
                Plan plan = plan(each.getValue(), objects, session);
                plans.put(each.getKey(), plan);
                calls.addAll(plan.calls());
            } catch (ObjectNotFoundException e) {
                unseen.put(each.getKey(), e); // by this connection; another may see it
            } catch (TokenException e) {
                LOG.debug("{} goes alone: {}", each.getValue().describe(), e.getMessage());
            }
        }
        List<RpcMessage> replies = objects.connection().exchange(calls, options.deadline());
        Map<Integer, Long> made = new TreeMap<>();
        Set<ObjectId> stale = new HashSet<>();
        int position = 0;
        for (Map.Entry<Integer, Plan> each : plans.entrySet()) {
            int end = position + each.getValue().calls().size();
            Optional<Outcome<?>> outcome =
                    outcome(each.getValue(), replies.subList(position, end), objects.connection(), stale);
            outcome.ifPresent(settled -> {
                if (settled.result() instanceof Made created) {
                    made.put(each.getKey(), created.handle());
                } else {
                    outcomes.put(each.getKey(), settled);
                }
            });
            position = end;
        }
        if (!made.isEmpty()) {
            Iterator<Outcome<?>> read = objects.made(List.copyOf(made.values())).iterator();
            made.keySet().forEach(index -> outcomes.put(index, read.next()));
        }
        return plans.size();
    }

    /**
     * Returns the outcome that the replies to a request say, or empty if it is to be made by itself.
     *
     * @param stale the objects of this flight whose handles turned out so
     */
    private static Optional<Outcome<?>> outcome(
            Plan plan, List<RpcMessage> replies, TokenConnection connection, Set<ObjectId> stale)
            throws ConnectionLostException {
        try {
            return Optional.of(Outcome.success(plan.reading().from(replies)));
        } catch (ObjectNotFoundException e) {
            List<ObjectId> named = SessionAccess.objects(plan.request()).stream()
                    .map(TokenObject::id)
                    .toList();
            named.stream().filter(connection::forget).forEach(stale::add);
            return named.stream().anyMatch(stale::contains) ? Optional.empty() : Optional.of(Outcome.failure(e));
        } catch (TokenException e) {
            boolean again = !plan.request().changesObjects()
                    && WORTH_ANOTHER_TRY.contains(e.status().name());
            return again ? Optional.empty() : Optional.of(Outcome.failure(e));
        }
    }

    private Plan plan(Request<?> request, SessionObjects objects, long session)
            throws TokenException, ConnectionLostException {
        if (request instanceof Request.GetAttributes get) {
            return reading(get, objects);
        } else if (request instanceof Request.Create create) {
            return new Plan(
                    request,
                    List.of(objects.call(create)),
                    replies -> new Made(TokenConnection.handle(replies.get(0))));
        } else if (request instanceof Request.Destroy destroy) {
            return new Plan(
                    request, List.of(objects.call(destroy)), replies -> objects.destroyed(destroy, replies.get(0)));
        } else if (request instanceof Request.GenerateRandom random) {
            RpcMessage call = RpcMessage.of(RpcCall.GENERATE_RANDOM, new Ulong(session), new Buffer(random.length()));
            return new Plan(
                    request, List.of(call), replies -> TokenConnection.content(TokenConnection.bytes(replies.get(0))));
        }
        SessionKeys keys = new SessionKeys(objects.connection(), objects, options);
        return operation(request, keys, keys.operation((Request.Streamable<?>) request), session);
    }

    private Plan reading(Request.GetAttributes request, SessionObjects objects)
            throws TokenException, ConnectionLostException {
        ObjectReader reader = objects.reader();
        BufferList buffers = reader.buffers(request.wanted());
        long handle = objects.handle(request.target());
        return new Plan(
                request,
                List.of(reader.request(handle, buffers)),
                replies -> SessionObjects.wanted(
                        request, reader.present(handle, replies.get(0), buffers, options.deadline())));
    }

    private static <R> Plan operation(Request<?> request, SessionKeys keys, KeyOperation<R> operation, long session)
            throws TokenException, ConnectionLostException {
        return new Plan(request, keys.calls(operation, session), replies -> {
            if (replies.size() > 1) {
                Failures.check(replies.get(0));
            }
            return operation.result().of(replies.get(replies.size() - 1));
        });
    }
}

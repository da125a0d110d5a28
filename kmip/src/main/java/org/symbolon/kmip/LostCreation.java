package org.symbolon.kmip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.message.OperationTable;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.kmip.operation.GetAttributes;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;
import org.symbolon.kmip.operation.Locate;
import org.symbolon.kmip.operation.Register;

/**
 * Finds out what became of a Create, Create Key Pair or Register whose answer was lost: looks for the Name that the caller chose, and
 * takes what is there if it is of the right type and algorithm and not older than the call. What is not there is sent again, once,
 * if the server does it no more. Thread-safe.
 */
final class LostCreation {
    private static final Logger LOG = LoggerFactory.getLogger(LostCreation.class);

    /** How often, and how far apart: a database may be at its commit still when its client has gone. */
    private static final int LOOKS = 3;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);
    private static final Duration CLOCK_STEP =
            Duration.ofSeconds(2); // dates have seconds, and so has what is known of a clock

    private final Failover failover;

    LostCreation(Failover failover) {
        this.failover = failover;
    }

    /** An object that the call should have made. */
    private record Wanted(ObjectType type, Name name, Optional<CryptographicAlgorithm> algorithm) {
        static Optional<Wanted> of(ObjectType type, Attributes... attributes) {
            for (Attributes each : attributes) {
                Optional<Name> name = each.get(AttributeType.NAME);
                if (name.isPresent()) {
                    return Optional.of(new Wanted(type, name.get(), algorithm(attributes)));
                }
            }
            return Optional.empty();
        }

        private static Optional<CryptographicAlgorithm> algorithm(Attributes... attributes) {
            for (Attributes each : attributes) {
                Optional<CryptographicAlgorithm> algorithm = each.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM);
                if (algorithm.isPresent()) {
                    return algorithm;
                }
            }
            return Optional.empty();
        }

        boolean is(Attributes found, Instant earliest) {
            return found.all(AttributeType.NAME).contains(name)
                    && found.get(AttributeType.OBJECT_TYPE).map(type::equals).orElse(true)
                    && (algorithm.isEmpty()
                            || found.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM)
                                    .map(algorithm.get()::equals)
                                    .orElse(true))
                    && found.get(AttributeType.INITIAL_DATE)
                            .map(date -> !date.isBefore(earliest))
                            .orElse(false);
        }
    }

    /** {@return the objects that a request makes; empty if it makes none, or one without a name} */
    private static List<Wanted> wanted(KmipRequest<?> request) {
        if (request instanceof Create.Request create) {
            return Wanted.of(create.objectType(), create.attributes()).stream().toList();
        }
        if (request instanceof Register.Request register) {
            return Wanted.of(register.objectType(), register.attributes()).stream()
                    .toList();
        }
        if (request instanceof CreateKeyPair.Request pair) {
            Optional<Wanted> privateKey =
                    Wanted.of(ObjectType.PRIVATE_KEY, pair.privateKeyAttributes(), pair.commonAttributes());
            Optional<Wanted> publicKey =
                    Wanted.of(ObjectType.PUBLIC_KEY, pair.publicKeyAttributes(), pair.commonAttributes());
            return privateKey.isPresent() && publicKey.isPresent()
                    ? List.of(privateKey.get(), publicKey.get())
                    : List.of();
        }
        return List.of();
    }

    static boolean canBeFound(KmipRequest<?> request) {
        return !wanted(request).isEmpty();
    }

    private static KmipResponse response(KmipRequest<?> request, List<UniqueIdentifier> made) {
        if (request instanceof Create.Request create) {
            return new Create.Response(create.objectType(), made.get(0), Attributes.NONE);
        }
        return request instanceof Register.Request
                ? new Register.Response(made.get(0), Attributes.NONE)
                : new CreateKeyPair.Response(made.get(0), made.get(1), Attributes.NONE, Attributes.NONE);
    }

    /** Fails a batch of which nobody knows whether it was done. */
    List<Exchange.Outcome> unknown(List<? extends KmipRequest<?>> requests, LostException lost) throws TokenException {
        List<String> names = requests.stream()
                .flatMap(request -> names(wanted(request)).stream())
                .toList();
        throw Failover.maybeDone("a batch of " + requests.size(), names, lost);
    }

    private static List<String> names(List<Wanted> wanted) {
        return wanted.stream().map(each -> each.name().nameValue()).distinct().toList();
    }

    /**
     * Finds out what became of a request.
     *
     * @param began when it was sent first
     * @param again whether it may be sent again if it was not done
     * @return what would have been answered
     * @throws TokenException if it cannot be found out, or what was sent again failed
     */
    Exchange.Outcome findOut(KmipRequest<?> request, LostException lost, Instant began, CallScope scope, boolean again)
            throws TokenException {
        String asked = OperationTable.rowOf(request).operation().toString();
        List<Wanted> wanted = wanted(request);
        if (wanted.isEmpty()) {
            throw Failover.maybeDone(asked, List.of(), lost);
        }
        LOG.warn("the answer to {} was lost: looking for {}", asked, names(wanted));
        boolean over = lost.kind() != LostException.Kind.SILENT;
        for (int look = 1; ; look++) {
            Optional<List<UniqueIdentifier>> made = look(wanted, began, scope, asked, lost);
            if (made.isPresent()) {
                return new Exchange.Outcome(response(request, made.get()), null);
            }
            if (over && again && look == LOOKS) {
                return sendAgain(request, wanted, lost, began, scope);
            }
            long pause = BETWEEN_LOOKS.multipliedBy(look).toNanos();
            if (scope.deadline().remainingNanos() < 2 * pause || (over && look >= LOOKS)) {
                throw Failover.maybeDone(asked, names(wanted), lost);
            }
            LockSupport.parkNanos(pause);
        }
    }

    private Exchange.Outcome sendAgain(
            KmipRequest<?> request, List<Wanted> wanted, LostException lost, Instant began, CallScope scope)
            throws TokenException {
        Exchange.Outcome outcome = failover.send(List.of(request), Exchange.BatchOptions.SINGLE, scope, false)
                .get(0);
        if (outcome.failure() == null) {
            return outcome;
        }
        // it may be refused because the first was done after all
        Optional<List<UniqueIdentifier>> made = look(wanted, began, scope, "the second try", lost);
        return made.isPresent() ? new Exchange.Outcome(response(request, made.get()), null) : outcome;
    }

    private Optional<List<UniqueIdentifier>> look(
            List<Wanted> wanted, Instant began, CallScope scope, String asked, LostException lost)
            throws TokenException {
        try {
            List<UniqueIdentifier> made = new ArrayList<>();
            for (Wanted each : wanted) {
                List<UniqueIdentifier> found = find(each, began, scope);
                if (found.size() > 1) {
                    throw Failover.maybeDone(asked, names(wanted), lost);
                }
                made.addAll(found);
            }
            return made.size() == wanted.size() ? Optional.of(made) : Optional.empty();
        } catch (TokenException e) {
            if (e.getCause() instanceof MaybeDoneException) {
                throw e;
            }
            TokenException unknown = Failover.maybeDone(asked, names(wanted), lost);
            unknown.addSuppressed(e);
            throw unknown;
        }
    }

    private List<UniqueIdentifier> find(Wanted wanted, Instant began, CallScope scope) throws TokenException {
        Attributes filter =
                Attributes.NONE.with(AttributeType.NAME, wanted.name()).with(AttributeType.OBJECT_TYPE, wanted.type());
        Locate.Response located = (Locate.Response) ask(new Locate.Request(null, null, null, null, filter), scope);
        Instant earliest = failover.nodes().first().onItsClock(began).minus(CLOCK_STEP);
        List<UniqueIdentifier> found = new ArrayList<>();
        for (UniqueIdentifier id :
                located.uniqueIdentifiers().stream().distinct().toList()) {
            Attributes attributes = attributes(id, scope);
            if (attributes != null && wanted.is(attributes, earliest)) {
                found.add(id);
            }
        }
        return found;
    }

    private @Nullable Attributes attributes(UniqueIdentifier id, CallScope scope) throws TokenException {
        List<AttributeType<?>> types = List.of(
                AttributeType.NAME,
                AttributeType.OBJECT_TYPE,
                AttributeType.CRYPTOGRAPHIC_ALGORITHM,
                AttributeType.INITIAL_DATE);
        try {
            return ((GetAttributes.Response) ask(new GetAttributes.Request(id, types), scope)).attributes();
        } catch (ObjectNotFoundException e) {
            LOG.debug("{} has gone meanwhile", id, e);
            return null;
        }
    }

    private KmipResponse ask(KmipRequest<?> request, CallScope scope) throws TokenException {
        return failover.send(List.of(request), Exchange.BatchOptions.SINGLE, scope)
                .get(0)
                .get();
    }
}

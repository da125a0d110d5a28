package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.SecretBytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.message.RequestMessage;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.Device;
import org.symbolon.kmip.object.OneTimePassword;
import org.symbolon.kmip.object.TicketCredential;
import org.symbolon.kmip.object.UsernameAndPassword;

/** Finds out on whose behalf a request is answered, and with which operations. Thread-safe. */
final class Admission {
    /** What anybody may ask who gets through to the server (KMIP 2.1 section 6.1.13 and 6.1.37). */
    static final Set<Operation> OPEN = Set.of(Operation.DISCOVER_VERSIONS, Operation.QUERY);

    /** What answers for a ticket as a whole, since it is about its requests and not about objects. */
    private static final Set<Operation> WITHOUT_OBJECTS =
            Set.of(Operation.CANCEL, Operation.QUERY_ASYNCHRONOUS_REQUESTS);

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final int MAX_PARTIES = 4096;
    private static final int MAX_CREDENTIALS = 8;

    private final KmipAuthenticator authenticator;
    private final boolean openQueries;
    private final Tickets tickets;
    private final Services services;
    private final Map<Party, Handlers> known = new LinkedHashMap<>(16, 0.75F, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Party, Handlers> eldest) {
            return size() > MAX_PARTIES; // what the party that was away for longest has open is begun again
        }
    };

    /** Makes the operations of a party. */
    @FunctionalInterface
    interface Services {
        /** Returns the operations, over the session and with the permissions of the party. */
        Handlers of(Party party) throws TokenException;
    }

    /** Who was let in. */
    record Admitted(
            Party party, Handlers handlers, @Nullable Bytes serverHashedPassword) {
        /** Returns the party as it does an operation; one that was not delegated to the holder of a ticket is refused. */
        Party during(Operation operation) throws KmipFailure {
            Party during = party.during(operation);
            if (during.isPowerless()) {
                throw new KmipFailure(
                        ResultReason.NOT_AUTHORIZED, operation.xmlName() + " is not among the ticket's Rights");
            }
            return during;
        }
    }

    Admission(KmipAuthenticator authenticator, boolean openQueries, Tickets tickets, Services services) {
        this.authenticator = authenticator;
        this.openQueries = openQueries;
        this.tickets = tickets;
        this.services = services;
    }

    /** Lets a request in. */
    Admitted admit(RequestMessage message, Caller caller) throws KmipFailure {
        List<Credential> credentials = message.header().authentication() == null
                ? List.of()
                : message.header().authentication().credentials();
        try {
            return admitted(credentials, caller);
        } catch (KmipAuthenticationException e) {
            boolean open = openQueries
                    && credentials.isEmpty()
                    && message.items().stream().allMatch(item -> OPEN.contains(item.operation()));
            if (open) {
                return new Admitted(Party.NOBODY, handlers(Party.NOBODY), null);
            }
            LOG.debug("a request of {} is refused: {}", caller.subject(), e.getMessage());
            throw new KmipFailure(
                    ResultReason.AUTHENTICATION_NOT_SUCCESSFUL, "the server does not know who asks, by what was shown");
        } finally {
            credentials.forEach(Admission::wipe);
        }
    }

    private Admitted admitted(List<Credential> credentials, Caller caller)
            throws KmipFailure, KmipAuthenticationException {
        if (credentials.size() > MAX_CREDENTIALS) {
            throw new KmipAuthenticationException("it has " + credentials.size() + " credentials");
        }
        List<Credential> others = new ArrayList<>(credentials);
        others.removeIf(TicketCredential.class::isInstance);
        @Nullable Party party = null;
        for (Credential credential : credentials) {
            if (credential instanceof TicketCredential ticket) {
                Party holder = tickets.use(ticket.ticket());
                requireSame(party, holder);
                party = holder;
            }
        }
        @Nullable Bytes answer = null;
        if (party == null || !others.isEmpty()) {
            KmipProof proof = authenticator.authenticate(new KmipClaim(caller.certificate(), caller.subject(), others));
            answer = proof.serverHashedPassword().orElse(null);
            if (party == null) {
                party = Party.of(proof.identity());
            } else if (!party.name().equals(proof.identity().name())) {
                throw new KmipAuthenticationException("its ticket is another's");
            }
        }
        return new Admitted(party, handlers(party), answer);
    }

    private static void requireSame(@Nullable Party one, Party other) throws KmipAuthenticationException {
        if (one != null && !one.equals(other)) {
            throw new KmipAuthenticationException("its tickets are of different identities");
        }
    }

    /** Returns what does an operation of a party, which is refused if it was not delegated. */
    Handlers during(Operation operation, Admitted admitted) throws KmipFailure {
        Party during = admitted.during(operation);
        return during.equals(admitted.party()) || WITHOUT_OBJECTS.contains(operation)
                ? admitted.handlers()
                : handlers(during);
    }

    private Handlers handlers(Party party) throws KmipFailure {
        synchronized (known) {
            @Nullable Handlers handlers = known.get(party);
            if (handlers != null) {
                return handlers;
            }
        }
        try {
            Handlers made = services.of(party);
            synchronized (known) {
                @Nullable Handlers other = known.putIfAbsent(party, made);
                return other == null ? made : other;
            }
        } catch (TokenException e) {
            throw KmipFailure.of(e);
        }
    }

    private static void wipe(Credential credential) {
        if (credential instanceof UsernameAndPassword user) {
            close(user.password());
        } else if (credential instanceof Device device) {
            close(device.password());
        } else if (credential instanceof OneTimePassword once) {
            close(once.password());
            close(once.oneTimePassword());
        }
    }

    private static void close(@Nullable SecretBytes secret) {
        if (secret != null) {
            secret.close();
        }
    }
}

package org.symbolon.kmip.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.Right;
import org.symbolon.kmip.object.Rights;
import org.symbolon.kmip.object.UsageLimits;
import org.symbolon.kmip.operation.DelegatedLogin;
import org.symbolon.kmip.operation.Login;
import org.symbolon.kmip.operation.Logout;

/** Login, Logout and Delegated Login of a party (KMIP 2.1 sections 6.1.12, 6.1.29 and 6.1.30). */
final class LoginOperations {
    private final Tickets tickets;
    private final Party party;

    LoginOperations(Tickets tickets, Party party) {
        this.tickets = tickets;
        this.party = party;
    }

    void addTo(Handlers handlers) {
        handlers.add(Login.Request.class, (request, batch) -> login(request));
        handlers.add(Logout.Request.class, (request, batch) -> logout(request));
        handlers.add(DelegatedLogin.Request.class, (request, batch) -> delegatedLogin(request));
    }

    private Login.Response login(Login.Request request) throws KmipFailure {
        refuse(request.usageLimits());
        requireWhole();
        return new Login.Response(tickets.issue(party, request.leaseTime(), request.requestCount()));
    }

    private Logout.Response logout(Logout.Request request) throws KmipFailure {
        tickets.end(request.ticket(), party);
        return new Logout.Response();
    }

    private DelegatedLogin.Response delegatedLogin(DelegatedLogin.Request request) throws KmipFailure {
        refuse(request.usageLimits());
        requireWhole();
        Rights rights = request.rights();
        for (Right right : rights.rights()) {
            refuse(right.usageLimits());
        }
        Party delegate = new Party(party.name(), Optional.of(rights));
        return new DelegatedLogin.Response(tickets.issue(delegate, request.leaseTime(), request.requestCount()));
    }

    /** What was delegated is not handed on: it would have to be part of what one has oneself. */
    private void requireWhole() throws KmipFailure {
        if (party.rights().isPresent() || party.name().isEmpty()) {
            throw new KmipFailure(ResultReason.PERMISSION_DENIED, "only an identity itself logs in");
        }
    }

    private static void refuse(@Nullable UsageLimits limits) throws KmipFailure {
        if (limits != null) {
            throw new KmipFailure(
                    ResultReason.FEATURE_NOT_SUPPORTED,
                    "tickets have a Lease Time and a Request Count, no Usage Limits");
        }
    }
}

package org.symbolon.kmip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.kmip.message.ResponseHeader;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.Device;
import org.symbolon.kmip.object.HashedPassword;
import org.symbolon.kmip.object.Ticket;
import org.symbolon.kmip.object.TicketCredential;
import org.symbolon.kmip.object.UsernameAndPassword;

/**
 * What a client shows with each message, beside its certificate. Thread-safe.
 *
 * @param fixed what is the same in each message
 * @param proof what is made anew for each, if the client is to prove a password
 */
record ShownCredentials(List<Credential> fixed, Optional<PasswordProof> proof) implements AutoCloseable {
    ShownCredentials {
        fixed = List.copyOf(fixed);
    }

    /** {@return what the next message shows: a ticket stands for all else} */
    List<Credential> next(Optional<Ticket> ticket) {
        if (ticket.isPresent()) {
            return List.of(new TicketCredential(ticket.get()));
        }
        List<Credential> shown = new ArrayList<>(fixed);
        proof.ifPresent(password -> shown.add(password.credential()));
        return shown;
    }

    /** {@return what a message in any version may show} */
    List<Credential> ofAnyVersion() {
        return fixed.stream()
                .filter(credential -> credential instanceof UsernameAndPassword || credential instanceof Device)
                .toList();
    }

    /** Checks that a server which was shown that we know a password knows it, too. */
    void check(List<Credential> shown, ResponseHeader answer, Node node) throws TokenAuthenticationException {
        if (proof.isPresent()
                && !shown.isEmpty()
                && shown.get(shown.size() - 1) instanceof HashedPassword sent
                && !proof.get().isAnswered(sent, answer.serverHashedPassword())) {
            throw new TokenAuthenticationException(
                    new Status("AuthenticationNotSuccessful", 3),
                    node + " has not proved that it knows the password of " + sent.username(),
                    OptionalInt.empty(),
                    null);
        }
    }

    @Override
    public void close() {
        fixed.forEach(CredentialSecrets::wipe);
        proof.ifPresent(PasswordProof::close);
    }
}

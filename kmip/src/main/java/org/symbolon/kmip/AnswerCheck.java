package org.symbolon.kmip;

import java.util.Optional;
import java.util.Set;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;

/** Whether an answer is to what was asked: a server or something between may mix up connections, or objects. */
final class AnswerCheck {
    private static final Tag UNIQUE_IDENTIFIER = Tag.named("UniqueIdentifier");

    /** The operations whose answer names another object than the request. */
    private static final Set<Operation> BRING_ANOTHER = Set.of(
            Operation.RE_KEY,
            Operation.RE_KEY_KEY_PAIR,
            Operation.DERIVE_KEY,
            Operation.CERTIFY,
            Operation.RE_CERTIFY,
            Operation.CREATE_SPLIT_KEY,
            Operation.JOIN_SPLIT_KEY,
            Operation.VALIDATE,
            Operation.RE_PROVISION,
            Operation.IMPORT);

    private AnswerCheck() {}

    /** Refuses an answer whose identifiers are none, or that of another object than the request's. */
    static void check(Operation operation, Ttlv request, Ttlv response) throws MalformedTtlvException {
        if (!(response instanceof Ttlv.Structure answer)) {
            return;
        }
        for (Ttlv id : answer.fields(UNIQUE_IDENTIFIER)) {
            if (!(id instanceof Ttlv.Text)) {
                throw new MalformedTtlvException(
                        id.tag() + " is of type " + id.type().xmlName() + ", where TextString belongs", id);
            }
        }
        Optional<String> wanted = identifier(request);
        Optional<String> got = identifier(answer);
        if (wanted.isPresent() && got.isPresent() && !wanted.equals(got) && !BRING_ANOTHER.contains(operation)) {
            throw new MalformedTtlvException("the answer is for " + got.get() + ", and asked was for " + wanted.get());
        }
    }

    private static Optional<String> identifier(Ttlv payload) {
        return payload instanceof Ttlv.Structure structure
                ? structure
                        .field(UNIQUE_IDENTIFIER)
                        .filter(Ttlv.Text.class::isInstance)
                        .map(id -> ((Ttlv.Text) id).value())
                : Optional.empty();
    }
}

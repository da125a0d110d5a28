package org.symbolon.kmip;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.ttlv.ItemType;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvCursor;

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
        TtlvCursor answer = TtlvCursor.at(response);
        if (answer.type() != ItemType.STRUCTURE) {
            return;
        }
        String wanted = BRING_ANOTHER.contains(operation) ? null : identifier(TtlvCursor.at(request));
        boolean first = true;
        answer.enter();
        while (answer.next()) {
            if (answer.tagCode() != UNIQUE_IDENTIFIER.code()) {
                continue;
            }
            String got = answer.text();
            if (first && wanted != null && !wanted.equals(got)) {
                throw MixedUpAnswer.problem("the answer is for " + got + ", and asked was for " + wanted);
            }
            first = false;
        }
    }

    private static @Nullable String identifier(TtlvCursor payload) throws MalformedTtlvException {
        TtlvCursor identifier = payload.field(UNIQUE_IDENTIFIER);
        return identifier == null || identifier.type() != ItemType.TEXT_STRING ? null : identifier.text();
    }
}

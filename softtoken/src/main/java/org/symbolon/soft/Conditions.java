package org.symbolon.soft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.soft.store.ObjectTable;
import org.symbolon.soft.store.Sql;

/**
 * What holds of a token whoever writes it, on however many nodes: an object has its claims (CKA_SYMBOLON_CLAIMS) alone, and a change
 * that names a revision (CKA_SYMBOLON_REVISION) follows on the one before. Asked within the transaction that writes, of which a token
 * has one at a time.
 */
final class Conditions {
    static final Attribute<Bytes> CLAIMS =
            Attribute.named("CKA_SYMBOLON_CLAIMS").orElseThrow().as(AttributeType.BYTES);
    static final Attribute<Long> REVISION =
            Attribute.named("CKA_SYMBOLON_REVISION").orElseThrow().as(AttributeType.ULONG);

    private static final int CLAIM_BYTES = 32;
    private static final int MAX_CLAIMS = 256;

    private Conditions() {}

    /** Returns the claims that an attribute has; none if it is malformed. */
    static List<Bytes> claims(Bytes value) {
        List<Bytes> claims = new ArrayList<>();
        if (value.length() % CLAIM_BYTES == 0) {
            for (int from = 0; from < value.length(); from += CLAIM_BYTES) {
                claims.add(Bytes.wrap(Arrays.copyOfRange(value.sharedArray(), from, from + CLAIM_BYTES)));
            }
        }
        return claims;
    }

    /** Returns whether an object's claims have all that a search wants. */
    static boolean matches(Optional<Bytes> actual, Bytes wanted) {
        List<Bytes> claims = claims(wanted);
        return !claims.isEmpty() && claims(actual.orElse(Bytes.empty())).containsAll(claims);
    }

    /** Refuses claims that objects of the token have; those that an object has already stay its own. */
    static void requireUnclaimed(Sql sql, ObjectView view, Attributes before, Attributes after) throws TokenException {
        Bytes value = after.find(CLAIMS).orElse(Bytes.empty());
        List<Bytes> claims = claims(value);
        if ((claims.isEmpty() && !value.isEmpty()) || claims.size() > MAX_CLAIMS) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"),
                    "CKA_SYMBOLON_CLAIMS has up to " + MAX_CLAIMS + " digests of " + CLAIM_BYTES + " bytes, not "
                            + value.length() + " bytes");
        }
        claims.removeAll(claims(before.find(CLAIMS).orElse(Bytes.empty())));
        for (Bytes claim : claims) {
            requireUnclaimed(sql, view, claim);
        }
    }

    private static void requireUnclaimed(Sql sql, ObjectView view, Bytes claim) throws TokenException {
        Attributes one = Attributes.builder().set(CLAIMS, claim).build();
        for (boolean isPrivate : List.of(true, false)) {
            ObjectTable.Probe probe =
                    new ObjectTable.Probe(isPrivate, Optional.empty(), view.tags(view.record(sql), one, isPrivate));
            if (!ObjectTable.page(sql, view.token().slot(), probe, Bytes.empty(), 1)
                    .isEmpty()) {
                throw new TokenOperationException(
                        Status.ckr("CKR_SYMBOLON_CLAIMED"),
                        "another object of the token has one of the CKA_SYMBOLON_CLAIMS");
            }
        }
    }

    /** Refuses a change whose revision is not the next one: whoever asks for it does not know the object as it is. */
    static void requireNext(Attributes before, Attributes changes) throws TokenException {
        Optional<Long> revision = changes.find(REVISION);
        long next = before.find(REVISION).orElse(0L) + 1;
        if (revision.isPresent() && revision.get() != next) {
            throw new TokenOperationException(
                    Status.ckr("CKR_SYMBOLON_CHANGED"),
                    "the object was changed meanwhile: its next CKA_SYMBOLON_REVISION is " + next + ", not "
                            + revision.get() + "; read it again");
        }
    }
}

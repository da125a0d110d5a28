package org.symbolon.kmip.server;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.StandardAttributes;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenOperationException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.ttlv.Ttlv;

/** KMIP's attributes, kept in one attribute of the token's object. */
final class KeptAttributes {
    /** Where they are, in tokens that keep them. */
    static final Attribute<Bytes> KMIP =
            Attribute.named("CKA_SYMBOLON_KMIP").orElseThrow().as(AttributeType.BYTES);

    /** Counts the changes of an object, in the same tokens. */
    static final Attribute<Long> REVISION =
            Attribute.named("CKA_SYMBOLON_REVISION").orElseThrow().as(AttributeType.ULONG);

    /** The object's place among those that were made in the same second; not shown to clients. */
    static final org.symbolon.kmip.object.AttributeType<Ttlv> SEQUENCE =
            org.symbolon.kmip.object.AttributeType.ofVendor(
                    org.symbolon.kmip.object.AttributeType.SERVER, "symbolon.sequence");

    /** What {@link #read} looks at. */
    static final Set<Attribute<?>> WANTED = wanted();

    private KeptAttributes() {}

    private static Set<Attribute<?>> wanted() {
        Set<Attribute<?>> wanted = new HashSet<>(StandardAttributes.OF_EVERY_OBJECT);
        wanted.addAll(StandardAttributes.USES);
        wanted.add(KMIP);
        wanted.add(REVISION);
        return Set.copyOf(wanted);
    }

    /** Returns an object that was read with {@link #WANTED} as KMIP sees it. */
    static Managed read(TokenObject object) throws KmipFailure {
        Optional<Bytes> stored = object.attributes().find(KMIP).filter(value -> !value.isEmpty());
        return stored.isPresent()
                ? new Managed(object, StoredTtlv.attributes(stored.get()), true)
                : new Managed(object, PlainView.of(object), false);
    }

    /** Asks the token for something that holds KMIP attributes. */
    @FunctionalInterface
    interface Keeping<T> {
        T call() throws TokenException;
    }

    /** Asks the token, and says what it lacks where it cannot keep KMIP's attributes. */
    static <T> T orRefused(Keeping<T> call) throws KmipFailure, TokenException {
        try {
            return call.call();
        } catch (TokenOperationException e) {
            if (e.status().name().equals("CKR_SYMBOLON_CLAIMED")) {
                throw Names.taken("another object", e);
            }
            throw e;
        } catch (InvalidAttributeException e) {
            if (!e.status().name().equals("CKR_ATTRIBUTE_TYPE_INVALID")) {
                throw e;
            }
            throw new KmipFailure(
                    ResultReason.FEATURE_NOT_SUPPORTED,
                    "the token behind this server keeps no KMIP attributes, so that its objects are used and not"
                            + " changed here",
                    e);
        }
    }
}

package org.symbolon.transfer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectId;
import org.symbolon.ObjectQuery;
import org.symbolon.SecretBytes;
import org.symbolon.Session;
import org.symbolon.StandardAttributes;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenOperationException;

/**
 * Creates objects in a token that come from elsewhere: another token, a file.
 *
 * <p>An object keeps its attributes but those that a token makes itself (PKCS #11 v3.2 section 4.1.1): CKA_UNIQUE_ID,
 * CKA_LOCAL, CKA_ALWAYS_SENSITIVE, CKA_NEVER_EXTRACTABLE and the like tell the truth about a key that was elsewhere
 * before. What the target has already - the same label, id and public values - is left out, so that a transfer which
 * broke off can be run again. Not thread-safe.
 */
public final class ObjectTransfer {
    private static final int PAGE = 64;
    private static final Set<Integer> NOTES_OF_WHAT_TOKENS_MAKE = Set.of(2, 10, 13);

    /** What tells an object from others of its class, where it has it. */
    private static final List<Attribute<?>> TELLING = List.of(
            Attribute.CLASS,
            Attribute.KEY_TYPE,
            Attribute.LABEL,
            Attribute.ID,
            Attribute.MODULUS,
            Attribute.EC_POINT,
            Attribute.SERIAL_NUMBER,
            Attribute.ISSUER,
            Attribute.APPLICATION,
            Attribute.OBJECT_ID);

    private final Session target;
    private final TransferListener listener;

    private ObjectTransfer(Session target, TransferListener listener) {
        this.target = target;
        this.listener = listener;
    }

    /**
     * Returns a transfer into a token.
     *
     * @param target a session that may write; stays the caller's
     * @param listener hears what becomes of each object
     * @return the transfer
     */
    public static ObjectTransfer into(Session target, TransferListener listener) {
        return new ObjectTransfer(target, listener);
    }

    /**
     * Transfers every token object that a session sees.
     *
     * @param source the session; stays the caller's
     * @throws TokenException if a token cannot be reached or refuses everything; what was created until then stays
     */
    public void all(Session source) throws TokenException {
        ObjectQuery query = ObjectQuery.all().with(Attribute.TOKEN, true);
        try (ObjectCursor cursor = source.find(query, StandardAttributes.OF_EVERY_OBJECT)) {
            for (List<TokenObject> page = cursor.next(PAGE); !page.isEmpty(); page = cursor.next(PAGE)) {
                for (TokenObject object : page) {
                    one(source, object);
                }
            }
        }
    }

    private void one(Session source, TokenObject object) throws TokenException {
        Optional<String> hidden = reasonToStay(object.attributes());
        if (hidden.isPresent()) {
            listener.leftOut(object.describe(), hidden.get());
            return;
        }
        Set<Attribute<?>> wanted = AttributeTable.rules(
                        object.objectClass(), object.attributes().find(Attribute.KEY_TYPE))
                .keySet();
        Attributes whole = source.getAttributes(object, wanted);
        try {
            create(whole, object.describe());
        } finally {
            wipe(whole);
        }
    }

    /**
     * Creates an object.
     *
     * @param object its attributes: CKA_CLASS and everything that its class needs; secret values stay the caller's
     * @throws TokenException if the target cannot be reached or refuses everything
     */
    public void object(Attributes object) throws TokenException {
        TokenObject words = TokenObject.of(new ObjectId.Unique("", "without a label"), object, true);
        create(object, words.describe());
    }

    private static Optional<String> reasonToStay(Attributes object) {
        if (object.isTrue(Attribute.SENSITIVE)) {
            return Optional.of("it is sensitive (CKA_SENSITIVE): its secret part does not leave the token");
        }
        if (!object.find(Attribute.EXTRACTABLE).orElse(true)) {
            return Optional.of("it is not extractable (CKA_EXTRACTABLE): its secret part does not leave the token");
        }
        return Optional.empty();
    }

    private void create(Attributes object, String words) throws TokenException {
        boolean secretMissing =
                AttributeTable.rules(object.get(Attribute.CLASS), object.find(Attribute.KEY_TYPE)).values().stream()
                        .anyMatch(rule -> rule.secret() && object.isSensitive(rule.attribute()));
        if (secretMissing) {
            listener.leftOut(words, "the token does not show its secret part");
            return;
        }
        if (isThere(object)) {
            listener.leftOut(words, "the token has it already");
            return;
        }
        try {
            listener.transferred(target.create(Template.of(creatable(object))));
        } catch (InvalidAttributeException e) {
            createPlain(object, words, e);
        } catch (TokenOperationException | MechanismNotSupportedException e) {
            listener.leftOut(words, e.getMessage());
        }
    }

    /** Creates an object with what is needed of it: older tokens refuse attributes that they do not know. */
    private void createPlain(Attributes object, String words, InvalidAttributeException refusal) throws TokenException {
        Attributes creatable = creatable(object);
        Attributes.Builder plain = Attributes.builder().setAll(creatable);
        Set<Attribute<?>> without = new TreeSet<>();
        for (Attribute<?> attribute : creatable.present()) {
            if (!PlainAttributes.ALL.contains(attribute)) {
                plain.remove(attribute);
                without.add(attribute);
            }
        }
        try {
            listener.reduced(target.create(Template.of(plain.build())), without);
        } catch (InvalidAttributeException e) {
            createUnnamed(plain.remove(Attribute.ID).build(), without, words, refusal);
        } catch (TokenOperationException | MechanismNotSupportedException e) {
            listener.leftOut(words, refusal.getMessage());
        }
    }

    /** Creates an object without CKA_ID: there are servers with keys that let nobody choose it. */
    private void createUnnamed(
            Attributes object, Set<Attribute<?>> without, String words, InvalidAttributeException refusal)
            throws TokenException {
        try {
            TokenObject made = target.create(Template.of(object));
            without.add(Attribute.ID);
            listener.reduced(made, without);
        } catch (InvalidAttributeException | TokenOperationException | MechanismNotSupportedException e) {
            listener.leftOut(words, refusal.getMessage());
        }
    }

    private static Attributes creatable(Attributes object) {
        var rules = AttributeTable.rules(object.get(Attribute.CLASS), object.find(Attribute.KEY_TYPE));
        Attributes.Builder creatable = Attributes.builder();
        for (Attribute<?> attribute : object.present()) {
            AttributeTable.Rule rule = rules.get(attribute);
            boolean made = rule == null
                    || rule.footnotes().stream().anyMatch(NOTES_OF_WHAT_TOKENS_MAKE::contains)
                    || attribute.equals(Attribute.UNIQUE_ID)
                    || attribute.equals(Attribute.CHECK_VALUE);
            if (!made && !isEmpty(object.find(attribute))) {
                set(creatable, attribute, object);
            }
        }
        return creatable.set(Attribute.TOKEN, true).build();
    }

    private static boolean isEmpty(Optional<?> value) {
        return value.isEmpty()
                || (value.get() instanceof Bytes bytes && bytes.isEmpty())
                || (value.get() instanceof String text && text.isEmpty())
                || (value.get() instanceof Template template
                        && template.attributes().isEmpty());
    }

    private static <T> void set(Attributes.Builder builder, Attribute<T> attribute, Attributes object) {
        builder.set(attribute, object.get(attribute));
    }

    private boolean isThere(Attributes object) throws TokenException {
        ObjectQuery query = ObjectQuery.all().with(Attribute.TOKEN, true);
        for (Attribute<?> attribute : TELLING) {
            query = withValue(query, attribute, object);
        }
        ObjectClass objectClass = object.get(Attribute.CLASS);
        if (objectClass.equals(ObjectClass.PRIVATE_KEY)) {
            query = withValue(query, Attribute.PUBLIC_KEY_INFO, object);
        } else if (objectClass.equals(ObjectClass.SECRET_KEY)) {
            query = withValue(query, Attribute.CHECK_VALUE, object);
        } else {
            query = withValue(query, Attribute.VALUE, object);
        }
        return !target.findAll(query.limit(1)).isEmpty();
    }

    private static <T> ObjectQuery withValue(ObjectQuery query, Attribute<T> attribute, Attributes object) {
        Optional<T> value = object.find(attribute);
        return isEmpty(value) ? query : query.with(attribute, value.orElseThrow());
    }

    private static void wipe(Attributes object) {
        for (Attribute<?> attribute : object.present()) {
            if (object.find(attribute).orElse(null) instanceof SecretBytes secret) {
                secret.close();
            }
        }
    }
}

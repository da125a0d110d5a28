package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.LinkType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Link;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;

/**
 * Writes what KMIP says of objects to a token, so that servers which share it do not overtake each other: a change names the revision
 * that it follows on, and Names are claimed. Thread-safe.
 */
final class ObjectWrites {
    /** More than there are servers that may be a step ahead. */
    private static final int MOST_ATTEMPTS = 100;

    private final Session session;
    private final TokenReader reader;
    private final boolean uniqueNames;

    ObjectWrites(Session session, TokenReader reader, boolean uniqueNames) {
        this.session = session;
        this.reader = reader;
        this.uniqueNames = uniqueNames;
    }

    /** Something that is done to an object as it was read. */
    @FunctionalInterface
    interface Step<R> {
        /** Does it; may be asked again. */
        R take() throws KmipFailure, TokenException;
    }

    /** Takes a step until no other server has changed its object meanwhile. */
    static <R> R retrying(Step<R> step) throws KmipFailure, TokenException {
        for (int attempt = 1; ; attempt++) {
            try {
                return step.take();
            } catch (TokenException e) {
                if (attempt == MOST_ATTEMPTS || !isOvertaken(e)) {
                    throw e;
                }
            }
        }
    }

    /** Returns whether another server has changed an object since it was read. */
    static boolean isOvertaken(TokenException e) {
        return e.status().name().equals("CKR_SYMBOLON_CHANGED");
    }

    /** Returns what keeps the attributes of a new object. Names that it takes over from the one that it replaces are claimed later. */
    Template keeping(Attributes attributes) throws KmipFailure, TokenException {
        Template kept =
                Template.label(label(attributes)).onToken().with(KeptAttributes.KMIP, StoredTtlv.of(attributes));
        List<Name> names = new ArrayList<>(attributes.all(AttributeType.NAME));
        for (Link link : attributes.all(AttributeType.LINK)) {
            if (link.linkType().equals(LinkType.REPLACED_OBJECT_LINK)
                    && link.linkedObjectIdentifier() instanceof UniqueIdentifier.Text id) {
                reader.find(id.text())
                        .ifPresent(old -> names.removeAll(old.attributes().all(AttributeType.NAME)));
            }
        }
        return claimed(names) ? kept.with(NameClaims.CLAIMS, NameClaims.of(names)) : kept;
    }

    private boolean claimed(List<Name> names) {
        return uniqueNames && !names.isEmpty();
    }

    /** Claims the Names of an object that has them alone from now on. */
    Managed claim(Managed object) throws KmipFailure, TokenException {
        List<Name> names = object.attributes().all(AttributeType.NAME);
        return claimed(names) ? set(object, Template.of(NameClaims.CLAIMS, NameClaims.of(names))) : object;
    }

    /** Returns what changes the attributes of an object to others. */
    Template change(Attributes before, Attributes after) {
        Template change = Template.empty().with(KeptAttributes.KMIP, StoredTtlv.of(after));
        List<Name> names = after.all(AttributeType.NAME);
        if (!names.equals(before.all(AttributeType.NAME))) {
            change = change.and(Template.label(label(after)));
            change = uniqueNames ? change.with(NameClaims.CLAIMS, NameClaims.of(names)) : change;
        }
        return change;
    }

    /** Changes an object that is still as it was read; returns it as it is then. */
    Managed set(Managed object, Template change) throws KmipFailure, TokenException {
        Template next = following(object, change);
        return reader.again(KeptAttributes.orRefused(() -> session.setAttributes(object.object(), next)));
    }

    /** Returns a change that follows on what was read of an object, and on nothing else. */
    static Template following(Managed object, Template change) {
        long revision =
                object.object().attributes().find(KeptAttributes.REVISION).orElse(0L);
        return change.with(KeptAttributes.REVISION, revision + 1);
    }

    /** Gives an object back the attributes that it had; flags that the token lets go one way only stay as they are. */
    void restore(Managed before) throws KmipFailure, TokenException {
        retrying(() -> {
            Managed now = reader.again(before.object());
            Template back = change(now.attributes(), before.attributes());
            return set(now, before.kept() ? back : back.with(KeptAttributes.KMIP, Bytes.empty()));
        });
    }

    /** Returns CKA_LABEL, by which objects are found: the first Name. */
    private static String label(Attributes attributes) {
        return attributes.get(AttributeType.NAME).map(Name::nameValue).orElse("");
    }
}

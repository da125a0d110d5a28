package org.symbolon.remote.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;

/** Makes, changes, reads and finds objects (PKCS #11 v3.2 section 5.7). */
final class ObjectFunctions {
    private static final int MAX_STEP = 1024;
    private static final long UNAVAILABLE = -1; // CK_UNAVAILABLE_INFORMATION

    private final SessionTable sessions;

    ObjectFunctions(SessionTable sessions) {
        this.sessions = sessions;
    }

    /** C_CreateObject. */
    long createObject(long session, Template template) throws TokenException {
        ClientSession in = sessions.require(session);
        in.requireMaking(template.attributes());
        return in.made(in.session().create(template));
    }

    /** C_CopyObject. */
    long copyObject(long session, long object, Template template) throws TokenException {
        ClientSession in = sessions.require(session);
        TokenObject source = in.object(object);
        in.requireMaking(source.attributes().withAll(template.attributes()));
        return in.made(in.session().copy(source, template));
    }

    /** C_DestroyObject. */
    void destroyObject(long session, long object) throws TokenException {
        ClientSession in = sessions.require(session);
        TokenObject gone = in.object(object);
        in.requireWritable(gone.attributes());
        onObject(in, object, () -> {
            in.session().destroy(gone);
            return gone;
        });
        in.token().objects().forget(object);
    }

    /** C_GetObjectSize: tokens do not say how large objects are. */
    long objectSize(long session, long object) throws TokenException {
        sessions.require(session).object(object);
        return UNAVAILABLE;
    }

    /** C_GetAttributeValue. */
    AttributeAnswer getAttributeValue(long session, long object, List<AttributeBuffer> wanted) throws TokenException {
        ClientSession in = sessions.require(session);
        TokenObject target = in.object(object);
        Set<Attribute<?>> attributes =
                wanted.stream().map(AttributeBuffer::attribute).collect(Collectors.toSet());
        Attributes values = onObject(in, object, () -> in.session().getAttributes(target, attributes));
        return AttributeAnswer.of(target, wanted, values);
    }

    /** C_SetAttributeValue. */
    void setAttributeValue(long session, long object, Template template) throws TokenException {
        ClientSession in = sessions.require(session);
        TokenObject before = in.object(object);
        in.requireWritable(before.attributes());
        TokenObject after = onObject(in, object, () -> in.session().setAttributes(before, template));
        in.token().objects().changed(object, after);
        in.token().provenUses().clear();
    }

    /** Something done with an object. */
    @FunctionalInterface
    private interface Work<R> {
        R run() throws TokenException;
    }

    /** Does something with an object; the handle of one that is gone is gone too. */
    private static <R> R onObject(ClientSession in, long handle, Work<R> work) throws TokenException {
        try {
            return work.run();
        } catch (ObjectNotFoundException e) {
            in.token().objects().forget(handle);
            throw e;
        }
    }

    // ---- finding

    /** C_FindObjectsInit. */
    void findObjectsInit(long session, Template template) throws TokenException {
        ClientSession in = sessions.require(session);
        if (in.searches()) {
            throw Refusal.of("CKR_OPERATION_ACTIVE", "a search is active already");
        }
        Session searched = in.session();
        ObjectQuery query = new ObjectQuery(template.attributes(), Long.MAX_VALUE);
        in.search(searched, searched.find(query, HandleTable.KEPT));
    }

    /** C_FindObjects: the next handles, at most {@code max}; none when there is no more. */
    List<Long> findObjects(long session, int max) throws TokenException {
        ClientSession in = sessions.require(session);
        ObjectCursor cursor = in.search();
        HandleTable objects = in.token().objects();
        List<Long> handles = new ArrayList<>();
        while (handles.size() < max) {
            List<TokenObject> found = cursor.next(Math.min(max - handles.size(), MAX_STEP));
            if (found.isEmpty()) {
                break;
            }
            for (TokenObject object : found) {
                if (!objects.isDead(object)) {
                    handles.add(objects.found(object));
                }
            }
        }
        return handles;
    }

    /** C_FindObjectsFinal. */
    void findObjectsFinal(long session) throws TokenException {
        ClientSession in = sessions.require(session);
        in.search();
        in.endSearch();
    }
}

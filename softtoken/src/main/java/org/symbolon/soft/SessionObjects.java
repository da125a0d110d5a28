package org.symbolon.soft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Change;
import org.symbolon.Deadline;
import org.symbolon.Done;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.Outcome;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretBytes;
import org.symbolon.SecretKeyObject;
import org.symbolon.StandardAttributes;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenUnavailableException;
import org.symbolon.soft.engine.KeyCompletion;
import org.symbolon.soft.engine.KeyGeneration;
import org.symbolon.soft.engine.Mechanisms;
import org.symbolon.soft.object.ObjectKind;
import org.symbolon.soft.object.ObjectRules;
import org.symbolon.soft.seal.ManifestTree;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.Request;

/** Finds, reads, makes, changes and destroys objects. */
final class SessionObjects {
    private static final Logger LOG = LoggerFactory.getLogger(SessionObjects.class);

    private final SessionAccess access;

    SessionObjects(SessionAccess access) {
        this.access = access;
    }

    // ---- reading

    /** Begins several finds, and reads the first objects of all of them in one transaction. */
    List<Outcome<?>> findAll(List<Request.Find> requests, CallOptions options) {
        List<SoftCursor> cursors =
                requests.stream().map(request -> find(request, options)).toList();
        try {
            SoftCursor.readFirst(access.view(), cursors, options.deadline());
        } catch (TokenUnavailableException e) {
            return Collections.nCopies(requests.size(), Outcome.failure(e));
        } catch (TokenException e) {
            LOG.debug("{} finds read by themselves, since one is refused: {}", cursors.size(), e.getMessage());
        }
        return cursors.stream().<Outcome<?>>map(Outcome::success).toList();
    }

    SoftCursor find(Request.Find request, CallOptions options) {
        List<StoredObject> sessionObjects =
                access.scope().findAll(request.query(), access.view().seesPrivate());
        return new SoftCursor(
                access.view(),
                access.serial(),
                request.query(),
                request.wanted(),
                sessionObjects,
                options.deadline().remaining());
    }

    Attributes getAttributes(Request.GetAttributes request, CallOptions options) throws TokenException {
        StoredObject object = access.require(request.target(), options.deadline());
        Attributes visible = object.visible(request.wanted());
        object.wipe();
        return visible;
    }

    // ---- making

    TokenObject create(Request.Create request, CallOptions options) throws TokenException {
        return make(List.of(creation(request, options)), options.deadline()).get(0);
    }

    private Attributes creation(Request.Create request, CallOptions options) throws TokenException {
        Attributes template = request.template().attributes();
        access.requireWritable(explicit(template));
        Attributes whole = KeyCompletion.expandSeed(template);
        try {
            Attributes attributes = complete(ObjectRules.create(whole, access.isOfficer()));
            access.requireNoTwin(attributes, options.deadline());
            return attributes;
        } finally {
            if (!template.has(Attribute.VALUE)
                    && whole.find(Attribute.VALUE).orElse(null) instanceof SecretBytes expanded) {
                expanded.close();
            }
        }
    }

    /** Creates several objects, those for the token in one transaction. */
    List<TokenObject> createAll(List<Request.Create> requests, CallOptions options) throws TokenException {
        List<Attributes> creations = new ArrayList<>(requests.size());
        for (Request.Create request : requests) {
            creations.add(creation(request, options));
        }
        return make(creations, options.deadline());
    }

    TokenObject copy(Request.Copy request, CallOptions options) throws TokenException {
        Attributes template = request.template().attributes();
        access.requireWritable(explicit(template));
        StoredObject source = access.require(request.source(), options.deadline());
        Attributes attributes = ObjectRules.copy(source.copyOfAttributes(), template, access.isOfficer());
        source.wipe();
        return make(List.of(attributes), options.deadline()).get(0);
    }

    SecretKeyObject generateKey(Request.GenerateKey request, CallOptions options) throws TokenException {
        MechanismType mechanism = request.generator().type();
        Mechanisms.require(mechanism, MechanismFunction.GENERATE);
        Attributes template = request.template().attributes();
        access.requireWritable(explicit(template));
        KeyType keyType = Mechanisms.generates(mechanism)
                .or(() -> template.find(Attribute.KEY_TYPE))
                .orElse(KeyType.GENERIC_SECRET);
        ObjectKind kind = new ObjectKind(ObjectClass.SECRET_KEY, Optional.of(keyType));
        Attributes attributes = ObjectRules.generate(kind, template, mechanism, access.isOfficer());
        Attributes value = KeyGeneration.secret(keyType, attributes, request.generator());
        return (SecretKeyObject) make(List.of(complete(attributes.withAll(value))), options.deadline())
                .get(0);
    }

    KeyPairObject generateKeyPair(Request.GenerateKeyPair request, CallOptions options) throws TokenException {
        MechanismType mechanism = request.generator().type();
        Mechanisms.require(mechanism, MechanismFunction.GENERATE_KEY_PAIR);
        Attributes publicTemplate = request.publicTemplate().attributes();
        Attributes privateTemplate = request.privateTemplate().attributes();
        access.requireWritable(explicit(publicTemplate));
        access.requireWritable(explicit(privateTemplate));
        Optional<KeyType> keyType = Mechanisms.generates(mechanism);
        boolean officer = access.isOfficer();
        Attributes publicKey = ObjectRules.generate(
                new ObjectKind(ObjectClass.PUBLIC_KEY, keyType), publicTemplate, mechanism, officer);
        Attributes privateKey = ObjectRules.generate(
                new ObjectKind(ObjectClass.PRIVATE_KEY, keyType), privateTemplate, mechanism, officer);
        access.requireWritable(publicKey);
        access.requireWritable(privateKey);
        access.hardening().requireSoundPair(publicKey, privateKey);
        KeyGeneration.Pair pair = KeyGeneration.pair(keyType.orElseThrow(), publicKey, privateKey);
        Attributes onPrivate = pair.publicPart().without(Attribute.EC_POINT).without(Attribute.MODULUS_BITS);
        List<TokenObject> made = make(
                List.of(
                        complete(publicKey.withAll(pair.publicPart())),
                        complete(privateKey.withAll(onPrivate).withAll(pair.secretPart()))),
                options.deadline());
        return new KeyPairObject((PublicKeyObject) made.get(0), (PrivateKeyObject) made.get(1));
    }

    /** Returns a template with the defaults that decide who may write the object, for checks before all others. */
    static Attributes explicit(Attributes template) {
        boolean secret = template.find(Attribute.CLASS)
                .filter(c -> c.equals(ObjectClass.PRIVATE_KEY) || c.equals(ObjectClass.SECRET_KEY))
                .isPresent();
        return secret && !template.has(Attribute.PRIVATE) ? template.with(Attribute.PRIVATE, true) : template;
    }

    static Attributes complete(Attributes attributes) throws TokenException {
        return KeyCompletion.complete(attributes, ObjectKind.of(attributes).secrets());
    }

    /** Keeps new objects: those for the token in one transaction, the others in the session. */
    List<TokenObject> make(List<Attributes> objects, Deadline deadline) throws TokenException {
        List<StoredObject> made = named(objects);
        boolean kept = false;
        try {
            for (Attributes attributes : objects) {
                access.hardening().requireSound(attributes);
            }
            write(made, deadline);
            kept = true;
        } finally {
            if (!kept) {
                made.forEach(StoredObject::wipe);
            }
        }
        List<TokenObject> shown = made.stream().map(this::shown).toList();
        for (StoredObject object : made) {
            if (object.isOnToken()) {
                object.wipe();
                tell(Change.Kind.CREATED, object);
            } else {
                access.scope().put(object);
            }
        }
        return shown;
    }

    private void write(List<StoredObject> made, Deadline deadline) throws TokenException {
        for (StoredObject object : made) {
            access.requireWritable(object.attributes());
        }
        List<StoredObject> onToken =
                made.stream().filter(StoredObject::isOnToken).toList();
        if (!onToken.isEmpty()) {
            access.write(deadline, (sql, writer) -> {
                for (StoredObject object : onToken) { // the keys of a pair may share a claim
                    Conditions.requireUnclaimed(sql, access.view(), Attributes.none(), object.attributes());
                }
                writer.insertAll(onToken);
                return true;
            });
        }
    }

    private static List<StoredObject> named(List<Attributes> objects) {
        Iterator<UUID> uids = ManifestTree.newUids(objects.size()).iterator();
        List<StoredObject> named = new ArrayList<>(objects.size());
        for (Attributes attributes : objects) {
            UUID uid = uids.next();
            named.add(new StoredObject(uid, 1, attributes.with(Attribute.UNIQUE_ID, uid.toString()), true));
        }
        return named;
    }

    // ---- changing

    TokenObject setAttributes(Request.SetAttributes request, CallOptions options) throws TokenException {
        StoredObject before = access.require(request.target(), options.deadline());
        access.requireWritable(before.attributes());
        if (!before.isOnToken()) {
            return setInSession(before, request);
        }
        before.wipe();
        StoredObject after = access.write(options.deadline(), (sql, writer) -> {
            StoredObject current = access.view().find(sql, before.uid()).orElseThrow(SessionObjects::gone);
            StoredObject next = changed(current, request);
            Conditions.requireUnclaimed(sql, access.view(), current.attributes(), next.attributes());
            writer.replace(current, next);
            return next;
        });
        TokenObject shown = shown(after);
        after.wipe();
        tell(Change.Kind.MODIFIED, after);
        return shown;
    }

    /** Changes several objects of the token, of which none is named twice, in one transaction. */
    List<TokenObject> setAttributesOfAll(List<Request.SetAttributes> requests, CallOptions options)
            throws TokenException {
        List<UUID> uids = new ArrayList<>(requests.size());
        for (Request.SetAttributes request : requests) {
            uids.add(access.uid(request.target(), options.deadline()));
        }
        List<StoredObject> changed = access.write(options.deadline(), (sql, writer) -> {
            List<StoredObject> before = new ArrayList<>(uids.size());
            List<StoredObject> after = new ArrayList<>(uids.size());
            for (int i = 0; i < uids.size(); i++) {
                StoredObject current = access.view().find(sql, uids.get(i)).orElseThrow(SessionObjects::gone);
                access.requireWritable(current.attributes());
                StoredObject next = changed(current, requests.get(i));
                Conditions.requireUnclaimed(sql, access.view(), current.attributes(), next.attributes());
                before.add(current);
                after.add(next);
            }
            writer.replaceAll(before, after);
            return after;
        });
        List<TokenObject> shown = changed.stream().map(this::shown).toList();
        for (StoredObject object : changed) {
            object.wipe();
            tell(Change.Kind.MODIFIED, object);
        }
        return shown;
    }

    private TokenObject setInSession(StoredObject before, Request.SetAttributes request) throws TokenException {
        boolean kept = false;
        try {
            StoredObject after = changed(before, request);
            TokenObject shown = shown(after);
            kept = access.scope().replace(after);
            if (!kept) {
                throw gone();
            }
            return shown;
        } finally {
            if (!kept) {
                before.wipe();
            }
        }
    }

    private StoredObject changed(StoredObject before, Request.SetAttributes request) throws TokenException {
        Attributes changes = request.template().attributes();
        Conditions.requireNext(before.attributes(), changes);
        Attributes attributes = ObjectRules.set(before.attributes(), changes, access.isOfficer());
        boolean sameInfo = attributes
                .find(Attribute.PUBLIC_KEY_INFO)
                .equals(before.attributes().find(Attribute.PUBLIC_KEY_INFO));
        if (!sameInfo && ObjectKind.of(attributes).keyType().isPresent()) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"), "CKA_PUBLIC_KEY_INFO is not that of this key");
        }
        access.hardening().requireSound(attributes);
        return new StoredObject(before.uid(), before.version() + 1, attributes, true);
    }

    Done destroy(Request.Destroy request, CallOptions options) throws TokenException {
        StoredObject object = access.require(request.target(), options.deadline());
        ObjectRules.requirePermitted(object.attributes(), Attribute.DESTROYABLE);
        access.requireWritable(object.attributes());
        if (!object.isOnToken()) {
            object.wipe();
            access.scope().remove(object.uid());
            return Done.DONE;
        }
        access.write(options.deadline(), (sql, writer) -> {
            StoredObject current = access.view().find(sql, object.uid()).orElseThrow(SessionObjects::gone);
            writer.remove(current);
            return true;
        });
        object.wipe();
        tell(Change.Kind.DESTROYED, object);
        return Done.DONE;
    }

    private static TokenException gone() {
        return new org.symbolon.ObjectNotFoundException(
                Status.ckr("CKR_OBJECT_HANDLE_INVALID"), "the object was destroyed meanwhile");
    }

    private TokenObject shown(StoredObject object) {
        Set<Attribute<?>> wanted = StandardAttributes.OF_EVERY_OBJECT;
        return object.toTokenObject(access.serial(), wanted);
    }

    private void tell(Change.Kind kind, StoredObject object) {
        access.token()
                .tell(Change.of(
                        kind, new ObjectId.Unique(access.serial(), object.uid().toString())));
    }
}

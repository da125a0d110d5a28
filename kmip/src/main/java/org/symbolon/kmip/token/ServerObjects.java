package org.symbolon.kmip.token;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Change;
import org.symbolon.Deadline;
import org.symbolon.Done;
import org.symbolon.KeyPairObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectCursor;
import org.symbolon.Outcome;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretKeyObject;
import org.symbolon.StandardAttributes;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.object.ManagedObject;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.CreateKeyPair;
import org.symbolon.spi.Request;

/** Token objects: finding, reading, making and destroying them on the server. Thread-safe. */
final class ServerObjects {
    private static final MechanismType RSA = MechanismType.named("CKM_RSA_PKCS_KEY_PAIR_GEN");
    private static final Bytes F4 = Bytes.ofHex("010001");
    private static final int DES3_BYTES = 24;
    private static final int CHACHA20_BYTES = 32;
    private static final int MAX_KEY_BYTES = 1 << 16;

    private final SessionAccess access;

    ServerObjects(SessionAccess access) {
        this.access = access;
    }

    ObjectCursor find(Request.Find request, Deadline deadline) throws TokenException {
        return cursor(request, access.finder().find(request.query().attributes(), deadline), deadline);
    }

    /** Begins several finds, and reads the first objects of all of them together. */
    List<Outcome<ObjectCursor>> findAll(List<Request.Find> requests, Deadline deadline) throws TokenException {
        List<Outcome<List<UniqueIdentifier>>> located = access.finder()
                .findAll(
                        requests.stream()
                                .map(request -> request.query().attributes())
                                .toList(),
                        deadline);
        List<Outcome<ObjectCursor>> cursors = new ArrayList<>();
        List<ServerCursor> begun = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            try {
                ServerCursor cursor = cursor(requests.get(i), located.get(i).get(), deadline);
                begun.add(cursor);
                cursors.add(Outcome.success(cursor));
            } catch (TokenException e) {
                cursors.add(Outcome.failure(e));
            }
        }
        ServerCursor.readFirst(
                begun, access.reader(), access.server().settings().pageSize(), deadline);
        return cursors;
    }

    private ServerCursor cursor(Request.Find request, List<UniqueIdentifier> ids, Deadline deadline)
            throws TokenException {
        ObjectCursor sessionObjects = access.memory().find(request, deadline);
        Attributes query = request.query().attributes();
        ServerCursor.Reading reading = new ServerCursor.Reading(
                access.reader(),
                object -> access.isSeen(object) && matches(query, object.shown()),
                request.wanted(),
                access.tokenSerial(),
                access.server().settings().pageSize(),
                query.find(Attribute.CLASS).filter(ObjectReader::isOpen).isPresent());
        return new ServerCursor(sessionObjects, ids, reading, request.query().limit(), deadline);
    }

    private static boolean matches(Attributes query, Attributes shown) {
        return query.present().stream()
                .allMatch(attribute -> query.find(attribute).equals(shown.find(attribute)));
    }

    Attributes getAttributes(Request.GetAttributes request, Deadline deadline) throws TokenException {
        ServedObject object = access.require(request.target(), deadline);
        Attributes shown =
                object.toTokenObject(access.tokenSerial(), request.wanted()).attributes();
        Attributes.Builder asked = Attributes.builder();
        Attributes secrets = Attributes.none();
        for (Attribute<?> attribute : request.wanted()) {
            boolean fetched = object.isSecret(attribute) && object.showsSecrets();
            if (fetched && secrets.isEmpty()) {
                secrets = access.reader().secrets(object, deadline);
            }
            copy(fetched ? secrets : shown, attribute, asked);
        }
        Attributes unasked = secrets;
        for (Attribute<?> attribute : request.wanted()) {
            unasked = unasked.without(attribute);
        }
        KeySecrets.wipe(unasked);
        return asked.build();
    }

    private static <T> void copy(Attributes from, Attribute<T> attribute, Attributes.Builder to) {
        if (from.isSensitive(attribute)) {
            to.setSensitive(attribute);
        } else {
            from.find(attribute).ifPresent(value -> to.set(attribute, value));
        }
    }

    TokenObject create(Template template, Deadline deadline) throws TokenException {
        Rehearsal rehearsal = new Rehearsal(access.memory().session(deadline));
        Attributes object = rehearsal.create(template);
        access.requireWritable(object.isTrue(Attribute.PRIVATE));
        requireNoPinPerUse(object);
        Attributes material = rehearsal.material(template);
        try {
            ManagedObject travels = ObjectWriter.object(material);
            UniqueIdentifier id = access.maker().register(object, template.attributes(), travels, deadline);
            return made(id, deadline);
        } finally {
            KeySecrets.wipe(material);
        }
    }

    private TokenObject made(UniqueIdentifier id, Deadline deadline) throws TokenException {
        ServedObject object = access.reader().require(id.text(), deadline);
        TokenObject result = object.toTokenObject(access.tokenSerial(), StandardAttributes.OF_EVERY_OBJECT);
        access.token().feed().tell(Change.of(Change.Kind.CREATED, result.id()));
        return result;
    }

    private static void requireNoPinPerUse(Attributes object) throws TokenException {
        if (object.isTrue(Attribute.ALWAYS_AUTHENTICATE)) {
            throw Refusals.attribute(
                    "CKR_ATTRIBUTE_VALUE_INVALID",
                    "a KMIP server asks for no PIN when a key is used: CKA_ALWAYS_AUTHENTICATE");
        }
    }

    SecretKeyObject generateKey(Request.GenerateKey request, Deadline deadline) throws TokenException {
        Attributes object =
                new Rehearsal(access.memory().session(deadline)).generateKey(request.generator(), request.template());
        access.requireWritable(object.isTrue(Attribute.PRIVATE));
        requireNoPinPerUse(object);
        KeyType type = object.get(Attribute.KEY_TYPE);
        CryptographicAlgorithm algorithm = ObjectWriter.algorithm(type);
        int usual = type.equals(KeyType.DES3) ? DES3_BYTES : CHACHA20_BYTES;
        int bytes = (int) Math.min(
                request.template().attributes().find(Attribute.VALUE_LEN).orElse((long) usual), MAX_KEY_BYTES);
        UniqueIdentifier id = access.maker()
                .create(
                        object,
                        request.template().attributes(),
                        ObjectWriter.kind(algorithm, bytes * Byte.SIZE),
                        deadline);
        return (SecretKeyObject) made(id, deadline);
    }

    KeyPairObject generateKeyPair(Request.GenerateKeyPair request, Deadline deadline) throws TokenException {
        Mechanism generator = request.generator();
        org.symbolon.kmip.object.Attributes kind =
                kind(generator, request.publicTemplate().attributes());
        Rehearsal.Pair pair = new Rehearsal(access.memory().session(deadline))
                .generateKeyPair(generator, request.publicTemplate(), request.privateTemplate());
        access.requireWritable(pair.privateKey().isTrue(Attribute.PRIVATE));
        requireNoPinPerUse(pair.privateKey());
        Rehearsal.Pair asked = new Rehearsal.Pair(
                request.publicTemplate().attributes(), request.privateTemplate().attributes());
        CreateKeyPair.Response made = access.maker().createKeyPair(pair, asked, kind, deadline);
        return new KeyPairObject((PublicKeyObject) made(made.publicKeyUniqueIdentifier(), deadline), (PrivateKeyObject)
                made(made.privateKeyUniqueIdentifier(), deadline));
    }

    private static org.symbolon.kmip.object.Attributes kind(Mechanism generator, Attributes publicTemplate)
            throws TokenException {
        if (generator.equals(Mechanism.of(RSA))) {
            Bytes exponent = publicTemplate.find(Attribute.PUBLIC_EXPONENT).orElse(F4);
            if (!exponent.equals(F4)) {
                throw Refusals.attribute(
                        "CKR_ATTRIBUTE_VALUE_INVALID", "KMIP servers choose the public exponent; leave it at 65537");
            }
            long bits = publicTemplate
                    .find(Attribute.MODULUS_BITS)
                    .orElseThrow(() -> Refusals.attribute("CKR_TEMPLATE_INCOMPLETE", "CKA_MODULUS_BITS is missing"));
            return ObjectWriter.kind(CryptographicAlgorithm.RSA, (int) Math.min(bits, Integer.MAX_VALUE));
        }
        Optional<NamedCurve> curve = publicTemplate.find(Attribute.EC_PARAMS).flatMap(NamedCurve::ofEcParams);
        if (curve.isPresent()) {
            return ObjectWriter.kind(curve.get());
        }
        throw Refusals.mechanism("KMIP has no key pairs of " + generator.type() + " on this curve");
    }

    Done destroy(TokenObject target, Deadline deadline) throws TokenException {
        return destroyAll(List.of(new Request.Destroy(target)), deadline).get(0).get();
    }

    List<Outcome<Done>> destroyAll(List<Request.Destroy> requests, Deadline deadline) throws TokenException {
        List<Outcome<ServedObject>> found =
                access.requireAll(requests.stream().map(Request.Destroy::target).toList(), deadline);
        List<UniqueIdentifier> ids = new ArrayList<>();
        List<Outcome<Done>> outcomes = new ArrayList<>();
        for (Outcome<ServedObject> each : found) {
            try {
                ids.add(destroyable(each.get()));
                outcomes.add(Outcome.success(Done.DONE));
            } catch (TokenException e) {
                outcomes.add(Outcome.failure(e));
            }
        }
        Iterator<Outcome<Done>> destroyed =
                access.maker().destroyAll(ids, deadline).iterator();
        outcomes.replaceAll(outcome -> outcome.failure() == null ? destroyed.next() : outcome);
        for (int i = 0; i < requests.size(); i++) {
            if (outcomes.get(i).failure() == null) {
                access.token()
                        .feed()
                        .tell(Change.of(
                                Change.Kind.DESTROYED, requests.get(i).target().id()));
            }
        }
        return outcomes;
    }

    private UniqueIdentifier destroyable(ServedObject object) throws TokenException {
        access.requireWritable(object.isPrivate());
        if (!object.shown().find(Attribute.DESTROYABLE).orElse(true)) {
            throw Refusals.permission("CKR_ACTION_PROHIBITED", "CKA_DESTROYABLE is false");
        }
        return object.id();
    }

    TokenObject copy(TokenObject source, Template template, Deadline deadline) throws TokenException {
        ServedObject object = access.require(source, deadline);
        new ObjectChange(access, object).requireNotLoosened(template.attributes());
        Template whole = ObjectCopy.template(object, () -> access.reader().secrets(object, deadline));
        try {
            Template wanted = whole.and(template);
            return SessionAccess.isOnToken(wanted.attributes())
                    ? create(wanted, deadline)
                    : access.memory().outer(access.memory().session(deadline).create(wanted));
        } finally {
            KeySecrets.wipe(whole.attributes());
        }
    }

    TokenObject setAttributes(TokenObject target, Template template, Deadline deadline) throws TokenException {
        ServedObject object = access.require(target, deadline);
        access.requireWritable(object.isPrivate());
        new ObjectChange(access, object).apply(template.attributes(), deadline);
        access.token().feed().tell(Change.of(Change.Kind.MODIFIED, target.id()));
        return access.reader()
                .require(object.id().text(), deadline)
                .toTokenObject(access.tokenSerial(), Set.of(Attribute.CLASS, Attribute.LABEL));
    }
}

package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.NamedCurve;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.key.PublicKeys;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.KeyBlock;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.testing.KmipFault;
import org.symbolon.kmip.testing.KmipFaults;

/** A token whose server loses answers or is asked by others too. */
class KmipTokenFaultsTest {
    private static final Template OPEN = Template.of(Attribute.SENSITIVE, false).with(Attribute.EXTRACTABLE, true);

    @Test
    void creation_whoseAnswerIsLost_isFoundAndNotRepeated() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of());
                KmipFaults front = served.faults();
                TokenModule module = served.open(List.of(front));
                Session session = module.token("Contract").open(served.user())) {
            front.next(KmipFault.dropAfter().on(Operation.CREATE));
            front.always(KmipFault.none());
            session.generateKey(Mechanism.AES_KEY_GEN.bytes(32), Template.label("one"));
            front.next(KmipFault.none());

            assertThat(session.findAll(ObjectQuery.all()))
                    .extracting(TokenObject::label)
                    .containsExactly("one");
        }
    }

    @Test
    @SuppressWarnings("try") // a node is closed before the test ends
    void session_whoseFirstNodeEnds_goesOnWithTheOther() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of());
                KmipFaults first = served.faults();
                KmipFaults second = served.faults();
                TokenModule module = served.open(List.of(first, second));
                Session session = module.token("Contract").open(served.user())) {
            KeyPairObject pair = session.generateKeyPair(
                    Mechanism.EC_KEY_PAIR_GEN.curve(NamedCurve.P256),
                    Template.label("pair").onToken());
            byte[] data = {1, 2, 3};
            session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, data);

            first.close();

            assertThat(session.findAll(ObjectQuery.all().label("pair"))).hasSize(2);
            byte[] signature = session.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, data);
            assertThat(session.verify(pair.publicKey(), Mechanism.ECDSA_SHA256, data, signature))
                    .isTrue();
            session.destroy(pair.privateKey());
            assertThat(session.findAll(ObjectQuery.all())).hasSize(1);
        }
    }

    @Test
    void objects_ofAServerWithoutVendorsAttributesAndApplicationInformation_haveLabelsAndAreFound() throws Exception {
        AtomicReference<PlainAttributes> plain = new AtomicReference<>();
        try (ServedKmip served = new ServedKmip(Map.of("version", "1.4"));
                KmipFaults front = served.faults(server -> {
                    PlainAttributes made = new PlainAttributes(server);
                    plain.set(made);
                    return made;
                });
                TokenModule module = served.open(List.of(front));
                Session session = module.token("Contract").open(served.user())) {
            KeyPair theirs = KeyPairGenerator.getInstance("EC").generateKeyPair();
            TokenObject login = session.create(PublicKeys.template(theirs.getPublic())
                    .and(Template.label("alice"))
                    .onToken());
            session.generateKey(
                    Mechanism.AES_KEY_GEN.bytes(32),
                    OPEN.and(Template.label("alice")).onToken());

            assertThat(Objects.requireNonNull(plain.get()).refused())
                    .as("it was tried once")
                    .isPositive();
            assertThat(session.findAll(ObjectQuery.all().label("alice"))).hasSize(2);
            assertThat(session.findAll(ObjectQuery.publicKeys().label("alice"), Set.of(Attribute.PUBLIC_KEY_INFO)))
                    .singleElement()
                    .satisfies(found -> assertThat(found.attributes()
                                    .get(Attribute.PUBLIC_KEY_INFO)
                                    .toByteArray())
                            .isEqualTo(theirs.getPublic().getEncoded()));
            session.destroy(login);
            assertThat(session.findAll(ObjectQuery.publicKeys())).isEmpty();
        }
    }

    @Test
    void find_byAnIdThatAForeignKeyHasOfItsKey_findsBoth() throws Exception {
        KeyPair theirs = KeyPairGenerator.getInstance("EC").generateKeyPair();
        try (ServedKmip served = new ServedKmip(Map.of());
                KmipClient tool = served.client();
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            tool.register(
                    new org.symbolon.kmip.object.PublicKey(KeyBlock.of(
                            KeyFormatType.X_509,
                            Bytes.wrap(theirs.getPublic().getEncoded()),
                            CryptographicAlgorithm.EC,
                            256)),
                    Attributes.NONE
                            .with(AttributeType.NAME, Name.of("theirs"))
                            .with(AttributeType.OBJECT_GROUP, "Contract")
                            .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.VERIFY));
            Bytes id = session.findAll(ObjectQuery.publicKeys(), Set.of(Attribute.ID))
                    .get(0)
                    .attributes()
                    .get(Attribute.ID);
            session.create(PublicKeys.template(theirs.getPublic())
                    .and(Template.label("ours").with(Attribute.ID, id))
                    .onToken());

            assertThat(session.findAll(ObjectQuery.all().with(Attribute.ID, id)))
                    .extracting(TokenObject::label)
                    .containsExactlyInAnyOrder("ours", "theirs");
        }
    }

    @Test
    void cryptoLocal_usesHereWhatMayLeave_andNothingElse() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of("crypto", "local"));
                KmipFaults front = served.faults();
                TokenModule module = served.open(List.of(front));
                Session session = module.token("Contract").open(served.user())) {
            SecretKeyObject open =
                    session.generateKey(Mechanism.AES_KEY_GEN.bytes(32), OPEN.and(Template.label("open")));
            SecretKeyObject shut = session.generateKey(Mechanism.AES_KEY_GEN.bytes(32), Template.label("shut"));
            front.always(KmipFault.dropBefore().on(Operation.ENCRYPT));

            assertThat(session.encrypt(open, Mechanism.AES_ECB, new byte[16])).hasSize(16);
            assertThatThrownBy(() -> session.encrypt(shut, Mechanism.AES_ECB, new byte[16]))
                    .isInstanceOf(org.symbolon.TokenUnavailableException.class);
        }
    }

    @Test
    void cryptoServer_bringsNoKeyHere() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of("crypto", "server"));
                KmipFaults front = served.faults();
                TokenModule module = served.open(List.of(front));
                Session session = module.token("Contract").open(served.user())) {
            SecretKeyObject open =
                    session.generateKey(Mechanism.AES_KEY_GEN.bytes(32), OPEN.and(Template.label("open")));
            front.always(KmipFault.dropBefore().on(Operation.GET));

            assertThat(session.encrypt(open, Mechanism.AES_ECB, new byte[16])).hasSize(16);
        }
    }

    @Test
    void activateUsed_activatesAnothersKeyWhenItIsUsed() throws Exception {
        try (ServedKmip served = new ServedKmip(Map.of("activate", "used"));
                KmipClient tool = served.client();
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            tool.create(
                    org.symbolon.kmip.enumeration.ObjectType.SYMMETRIC_KEY,
                    Attributes.NONE
                            .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                            .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 256)
                            .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT)
                            .with(AttributeType.OBJECT_GROUP, "Contract")
                            .with(AttributeType.NAME, Name.of("theirs")));
            SecretKeyObject theirs = (SecretKeyObject)
                    session.findOne(ObjectQuery.all().label("theirs").with(Attribute.CLASS, ObjectClass.SECRET_KEY))
                            .orElseThrow();

            assertThat(session.encrypt(theirs, Mechanism.AES_ECB, new byte[16])).hasSize(16);
        }
    }
}

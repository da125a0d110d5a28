package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.symbolon.remote.server.TestClients.mechanism;
import static org.symbolon.remote.server.TestClients.userSession;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.Template;
import org.symbolon.TokenException;

/** Values that no honest client sends are refused with a return value: nothing else comes out of the token. */
class CryptokiExtremesTest {
    private static final List<Long> NUMBERS = List.of(
            0L, 1L, 7L, 255L, (long) Integer.MAX_VALUE, 1L << 31, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1L);
    private static final List<Attribute<Long>> NUMERIC = List.of(
            Attribute.VALUE_LEN,
            Attribute.MODULUS_BITS,
            Attribute.VALUE_BITS,
            Attribute.CERTIFICATE_TYPE,
            Attribute.PARAMETER_SET);
    private static final List<Attribute<Bytes>> BINARY = List.of(
            Attribute.VALUE,
            Attribute.EC_PARAMS,
            Attribute.EC_POINT,
            Attribute.PUBLIC_EXPONENT,
            Attribute.MODULUS,
            Attribute.PRIVATE_EXPONENT,
            Attribute.PRIME,
            Attribute.BASE,
            Attribute.SEED,
            Attribute.PUBLIC_KEY_INFO,
            Attribute.CHECK_VALUE);

    private static Stream<Template> odd() {
        Stream<Template> numbers =
                NUMERIC.stream().flatMap(attribute -> NUMBERS.stream().map(number -> Template.of(attribute, number)));
        Stream<Template> bytes = BINARY.stream()
                .flatMap(attribute -> Stream.of("", "00", "ff", "3000", "0482ffff", "30848000000000", "00".repeat(4096))
                        .map(hex -> Template.of(attribute, Bytes.ofHex(hex))));
        return Stream.concat(numbers, bytes);
    }

    private static void assertAnswered(Template template, ThrowingCallable call) {
        Throwable refusal = catchThrowable(call);
        assertThat(refusal == null || refusal instanceof TokenException)
                .as("%s: %s", template, refusal)
                .isTrue();
    }

    @Test
    void keys_ofOddTemplates_areMadeOrRefused() throws TokenException {
        try (TestClients clients = new TestClients();
                Cryptoki client = clients.client()) {
            long session = userSession(client);
            List<String> pairs = List.of(
                    "CKM_EC_KEY_PAIR_GEN",
                    "CKM_EC_EDWARDS_KEY_PAIR_GEN",
                    "CKM_ML_DSA_KEY_PAIR_GEN",
                    "CKM_DH_PKCS_KEY_PAIR_GEN",
                    "CKM_RSA_PKCS_KEY_PAIR_GEN");
            odd().forEach(template -> {
                for (String generator : List.of("CKM_AES_KEY_GEN", "CKM_GENERIC_SECRET_KEY_GEN", "CKM_PKCS5_PBKD2")) {
                    assertAnswered(template, () -> client.keys().generateKey(session, mechanism(generator), template));
                }
                for (String generator : pairs) {
                    assertAnswered(
                            template,
                            () -> client.keys()
                                    .generateKeyPair(session, mechanism(generator), template, Template.empty()));
                }
            });
        }
    }

    @Test
    void objects_ofOddTemplates_areMadeOrRefused() throws TokenException {
        try (TestClients clients = new TestClients();
                Cryptoki client = clients.client()) {
            long session = userSession(client);
            long object = client.objects().createObject(session, TestClients.data("one", false));
            List<ObjectClass> classes = List.of(
                    ObjectClass.DATA,
                    ObjectClass.CERTIFICATE,
                    ObjectClass.PUBLIC_KEY,
                    ObjectClass.PRIVATE_KEY,
                    ObjectClass.SECRET_KEY,
                    new ObjectClass(-1));
            List<KeyType> types = List.of(
                    KeyType.RSA, KeyType.EC, KeyType.EC_EDWARDS, KeyType.AES, KeyType.ML_DSA, new KeyType(1L << 40));
            odd().forEach(template -> {
                for (ObjectClass objectClass : classes) {
                    for (KeyType type : types) {
                        Template odd =
                                template.with(Attribute.CLASS, objectClass).with(Attribute.KEY_TYPE, type);
                        assertAnswered(odd, () -> client.objects().createObject(session, odd));
                    }
                }
                assertAnswered(template, () -> client.objects().setAttributeValue(session, object, template));
                assertAnswered(template, () -> client.objects().copyObject(session, object, template));
                assertAnswered(template, () -> {
                    client.objects().findObjectsInit(session, template);
                    client.objects().findObjects(session, 10);
                    client.objects().findObjectsFinal(session);
                });
                assertAnswered(template, () -> client.sessions().sessionCancel(session, 0x40));
            });
        }
    }

    @Test
    void mechanisms_ofOddNumbers_areRefused() throws TokenException {
        try (TestClients clients = new TestClients();
                Cryptoki client = clients.client()) {
            long session = userSession(client);
            for (long number : NUMBERS) {
                org.symbolon.Mechanism odd = org.symbolon.Mechanism.of(new MechanismType(number));
                for (OperationKind kind : OperationKind.values()) {
                    assertAnswered(
                            Template.empty(),
                            () -> client.operations().init(session, kind, java.util.Optional.of(odd), 1));
                    client.operations().init(session, kind, java.util.Optional.empty(), 0);
                }
            }
        }
    }
}

package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.symbolon.tests.contract.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.symbolon.Attribute;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.MechanismSet;
import org.symbolon.MechanismType;
import org.symbolon.Operation;
import org.symbolon.Pin;
import org.symbolon.PublicKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenPermissionException;
import org.symbolon.key.PublicKeys;

/** Signatures: by every mechanism that the token offers, checked with the JDK. */
abstract class SignContract extends Contract {
    private static final byte[] MESSAGE = "fit the halves together".repeat(40).getBytes(StandardCharsets.UTF_8);

    private final Map<Mechanism, KeyPairObject> keys = new HashMap<>();

    SignContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @TestFactory
    Stream<DynamicTest> sign_withEachMechanism_verifiesWithTheJdk() throws TokenException {
        return forEachOffered(signing -> {
            for (byte[] message : List.of(MESSAGE, new byte[0], new byte[] {7})) {
                byte[] signature = sign(signing, message);
                assertThat(verifyWithJdk(signing, message, signature)).isTrue();
                if (signing.isDeterministic()) {
                    assertThat(sign(signing, message)).isEqualTo(signature);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> startSign_withEachMechanism_verifiesWithTheJdk() throws TokenException {
        return forEachOffered(Signing::streams, signing -> {
            for (int step : new int[] {1, 7, 64, MESSAGE.length}) {
                byte[] signature;
                try (Operation operation = session().startSign(pair(signing).privateKey(), signing.mechanism())) {
                    update(operation, step);
                    signature = operation.finish();
                    assertThatThrownBy(() -> operation.update(MESSAGE)).isInstanceOf(IllegalStateException.class);
                }
                assertThat(verifyWithJdk(signing, MESSAGE, signature))
                        .as("in steps of %d", step)
                        .isTrue();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> verify_withEachMechanism_tellsGoodFromBad() throws TokenException {
        return forEachOffered(signing -> {
            byte[] signature = sign(signing, MESSAGE);
            byte[] flipped = signature.clone();
            flipped[flipped.length / 2] ^= 1;

            assertThat(verify(signing, MESSAGE, signature)).isTrue();
            assertThat(verify(signing, MESSAGE, flipped)).isFalse();
            assertThat(verify(signing, new byte[] {1}, signature)).isFalse();
            assertThat(verify(signing, MESSAGE, new byte[signature.length])).isFalse();
            assertThat(verifies(signing, new byte[0])).isFalse();
            assertThat(verifies(signing, new byte[signature.length + 1])).isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> startVerify_withEachMechanism_tellsGoodFromBad() throws TokenException {
        return forEachOffered(Signing::streams, signing -> {
            byte[] signature = sign(signing, MESSAGE);
            PublicKeyObject key = pair(signing).publicKey();
            for (boolean good : new boolean[] {true, false}) {
                try (Operation operation = session().startVerify(key, signing.mechanism())) {
                    update(operation, 100);
                    if (!good) {
                        operation.update(new byte[1]);
                    }
                    assertThat(operation.verify(signature)).isEqualTo(good);
                }
            }
        });
    }

    @Test
    void sign_withAKeyThatMayNot_isRefused() throws TokenException {
        KeyPairObject pair = session()
                .generateKeyPair(
                        Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                        Template.of(Attribute.VERIFY, false),
                        Template.of(Attribute.SIGN, false));

        assertRefused(
                TokenPermissionException.class,
                () -> session().sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE),
                "CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertRefused(
                TokenPermissionException.class,
                () -> session()
                        .startSign(pair.privateKey(), Mechanism.ECDSA_SHA256)
                        .close(),
                "CKR_KEY_FUNCTION_NOT_PERMITTED");
        assertRefused(
                TokenPermissionException.class,
                () -> session().verify(pair.publicKey(), Mechanism.ECDSA_SHA256, MESSAGE, new byte[64]),
                "CKR_KEY_FUNCTION_NOT_PERMITTED");
    }

    @Test
    void sign_withAKeyOfAnotherType_isRefused() throws TokenException {
        KeyPairObject pair = p256(session(), Template.empty());

        for (Mechanism mechanism : List.of(Mechanism.SHA256_RSA_PKCS, Mechanism.EDDSA)) {
            assertRefused(
                    MechanismNotSupportedException.class,
                    () -> session().sign(pair.privateKey(), mechanism, MESSAGE),
                    "CKR_KEY_TYPE_INCONSISTENT");
        }
    }

    @Test
    void sign_withThePublicHalf_isRefused() throws TokenException {
        KeyPairObject pair = p256(session(), Template.empty());

        assertRefused(
                TokenException.class,
                () -> session().sign(pair.publicKey(), Mechanism.ECDSA_SHA256, MESSAGE),
                "CKR_KEY_FUNCTION_NOT_PERMITTED",
                "CKR_KEY_TYPE_INCONSISTENT",
                "CKR_KEY_HANDLE_INVALID");
    }

    @Test
    void sign_withAMechanismThatIsNotOffered_isRefused() throws TokenException {
        MechanismType digest = Mechanism.SHA256.type();
        KeyPairObject pair = p256(session(), Template.empty());

        for (MechanismType type : List.of(digest, new MechanismType(0xDEAD_BEEFL))) {
            assertRefused(
                    MechanismNotSupportedException.class,
                    () -> session().sign(pair.privateKey(), Mechanism.of(type), MESSAGE),
                    "CKR_MECHANISM_INVALID");
        }
    }

    @Test
    void sign_withAMechanismThatTheKeyDoesNotAllow_isRefused() throws TokenException {
        KeyPairObject pair = session()
                .generateKeyPair(
                        Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                        Template.empty(),
                        Template.of(Attribute.ALLOWED_MECHANISMS, MechanismSet.of(Mechanism.ECDSA_SHA256.type())));

        assertThat(session().sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                .hasSize(64);
        assertRefused(
                TokenException.class,
                () -> session().sign(pair.privateKey(), Mechanism.ECDSA, new byte[32]),
                "CKR_KEY_FUNCTION_NOT_PERMITTED",
                "CKR_MECHANISM_INVALID");
    }

    @Test
    void sign_withAKeyThatWantsThePinEachTime_takesItFromTheView() throws TokenException {
        Token token = newToken(unique("Always"));
        try (Session user = user(token)) {
            KeyPairObject pair = user.generateKeyPair(
                    Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                    Template.empty(),
                    Template.of(Attribute.ALWAYS_AUTHENTICATE, true).with(Attribute.PRIVATE, true));

            assertRefused(
                    TokenPermissionException.class,
                    () -> user.sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE),
                    "CKR_USER_NOT_LOGGED_IN");
            byte[] signature = user.authenticating(USER_PIN).sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE);
            assertThat(user.verify(pair.publicKey(), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                    .isTrue();
            assertRefused(
                    TokenAuthenticationException.class,
                    () -> user.authenticating(WRONG_PIN).sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE),
                    "CKR_PIN_INCORRECT");
        }
    }

    @Test
    void verify_withAForeignPublicKey_takesTheJdksSignature() throws Exception {
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            KeyPair foreign = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            boolean ec = algorithm.equals("EC");
            Signature signer = Signature.getInstance(
                    ec ? "SHA256withECDSAinP1363Format" : algorithm.equals("RSA") ? "SHA256withRSA" : algorithm);
            signer.initSign(foreign.getPrivate());
            signer.update(MESSAGE);
            byte[] signature = signer.sign();
            PublicKeyObject key = (PublicKeyObject) session()
                    .create(PublicKeys.template(foreign.getPublic())
                            .with(Attribute.VERIFY, true)
                            .inSession());
            Mechanism mechanism =
                    ec ? Mechanism.ECDSA_SHA256 : algorithm.equals("RSA") ? Mechanism.SHA256_RSA_PKCS : Mechanism.EDDSA;

            assertThat(session().verify(key, mechanism, MESSAGE, signature))
                    .as(algorithm)
                    .isTrue();
            assertThat(session().verify(key, mechanism, new byte[1], signature))
                    .as(algorithm)
                    .isFalse();
        }
    }

    @Test
    void sign_aMessageOfAMebibyte_verifies() throws Exception {
        byte[] large = session().random(1 << 20);
        KeyPairObject pair = p256(session(), Template.empty());

        byte[] signature = session().sign(pair.privateKey(), Mechanism.ECDSA_SHA256, large);

        assertThat(JdkVerifier.verify(
                        "SHA256withECDSAinP1363Format", PublicKeys.of(pair.publicKey()), large, signature))
                .isTrue();
    }

    @Test
    void sign_withAKeyFoundLater_needsNoAttributes() throws TokenException {
        String label = unique("later");
        KeyPairObject pair = p256(session(), Template.label(label));
        try (Session later = user(token())) {
            var found = (org.symbolon.PrivateKeyObject)
                    later.findAll(org.symbolon.ObjectQuery.privateKeys().label(label), Set.of())
                            .get(0);
            byte[] signature = later.sign(found, Mechanism.ECDSA_SHA256, MESSAGE);
            assertThat(later.verify(pair.publicKey(), Mechanism.ECDSA_SHA256, MESSAGE, signature))
                    .isTrue();
        }
    }

    @Test
    void authenticating_withNoSuchNeed_doesNoHarm() throws TokenException {
        KeyPairObject pair = p256(session(), Template.empty());
        try (Pin pin = USER_PIN.copy()) {
            assertThat(session().authenticating(pin).sign(pair.privateKey(), Mechanism.ECDSA_SHA256, MESSAGE))
                    .hasSize(64);
        }
    }

    private Stream<DynamicTest> forEachOffered(ThrowingConsumer<Signing> test) throws TokenException {
        return forEachOffered(signing -> true, test);
    }

    private Stream<DynamicTest> forEachOffered(
            java.util.function.Predicate<Signing> wanted, ThrowingConsumer<Signing> test) throws TokenException {
        Map<MechanismType, MechanismInfo> offered = token().mechanisms();
        List<Signing> chosen = Signing.ALL.stream()
                .filter(wanted)
                .filter(signing -> offered.containsKey(signing.mechanism().type())
                        && offered.get(signing.mechanism().type()).supports(MechanismFunction.SIGN))
                .toList();
        assertThat(chosen).isNotEmpty();
        return DynamicTest.stream(chosen.iterator(), Signing::name, test);
    }

    private KeyPairObject pair(Signing signing) throws TokenException {
        KeyPairObject pair = keys.get(signing.keys());
        if (pair == null) {
            pair = session().generateKeyPair(signing.keys(), Template.empty());
            keys.put(signing.keys(), pair);
        }
        return pair;
    }

    private byte[] sign(Signing signing, byte[] message) throws Exception {
        return session()
                .sign(
                        pair(signing).privateKey(),
                        signing.mechanism(),
                        signing.input().of(message));
    }

    private boolean verify(Signing signing, byte[] message, byte[] signature) throws Exception {
        return session()
                .verify(
                        pair(signing).publicKey(),
                        signing.mechanism(),
                        signing.input().of(message),
                        signature);
    }

    /** Whether a malformed signature passes: a token may say false or refuse its length. */
    private boolean verifies(Signing signing, byte[] malformed) throws Exception {
        try {
            return verify(signing, MESSAGE, malformed);
        } catch (TokenException e) {
            assertThat(e.status().name()).isIn("CKR_SIGNATURE_LEN_RANGE", "CKR_SIGNATURE_INVALID");
            return false;
        }
    }

    private boolean verifyWithJdk(Signing signing, byte[] message, byte[] signature) throws Exception {
        return signing.verifier().verify(PublicKeys.of(pair(signing).publicKey()), message, signature);
    }

    private static void update(Operation operation, int step) throws TokenException {
        for (int offset = 0; offset < MESSAGE.length; offset += step) {
            byte[] out = operation.update(MESSAGE, offset, Math.min(step, MESSAGE.length - offset));
            assertThat(out).isEmpty();
        }
    }
}

package org.symbolon.remote.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.symbolon.remote.server.OperationKind.DECRYPT;
import static org.symbolon.remote.server.OperationKind.DIGEST;
import static org.symbolon.remote.server.OperationKind.ENCRYPT;
import static org.symbolon.remote.server.OperationKind.SIGN;
import static org.symbolon.remote.server.OperationKind.VERIFY;
import static org.symbolon.remote.server.TestClients.assertReturns;
import static org.symbolon.remote.server.TestClients.mechanism;
import static org.symbolon.remote.server.TestClients.userSession;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.ObjectClass;
import org.symbolon.Template;
import org.symbolon.TokenException;

class CryptokiOperationsTest {
    private static final byte[] MESSAGE = "the quick brown fox jumps over the lazy dog".getBytes(US_ASCII);
    private static final OptionalInt LENGTH_ONLY = OptionalInt.empty();
    private static final Mechanism CBC_PAD = Mechanism.AES_CBC_PAD.iv(Bytes.of(new byte[16]));

    private TestClients clients;
    private Cryptoki client;
    private OperationFunctions operations;
    private long session;

    @BeforeEach
    void logIn() throws TokenException {
        clients = new TestClients();
        client = clients.client();
        operations = client.operations();
        session = userSession(client);
    }

    @AfterEach
    void close() {
        client.close();
        clients.close();
    }

    private static OptionalInt room(int bytes) {
        return OptionalInt.of(bytes);
    }

    private void init(OperationKind kind, Mechanism mechanism, long key) throws TokenException {
        operations.init(session, kind, Optional.of(mechanism), key);
    }

    private void initDigest() throws TokenException {
        operations.digestInit(session, Optional.of(Mechanism.SHA256));
    }

    private static byte[] part(int from, int to) {
        return Arrays.copyOfRange(MESSAGE, from, to);
    }

    private void assertSignature(long publicKey, byte[] signature) throws TokenException {
        init(VERIFY, Mechanism.ECDSA_SHA256, publicKey);
        operations.verify(session, MESSAGE, signature);
        init(VERIFY, Mechanism.ECDSA_SHA256, publicKey);
        assertReturns("CKR_SIGNATURE_INVALID", () -> operations.verify(session, part(0, 9), signature));
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> operations.verifyFinal(session, signature));
    }

    @Test
    void sign_afterAskingForTheLength_givesASignature() throws TokenException {
        KeyFunctions.KeyPairHandles pair = TestClients.ecKeyPair(client, session, Template.empty());
        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        Output length = operations.whole(session, SIGN, new byte[0], LENGTH_ONLY);
        assertThat(length.fits()).isFalse();
        assertThat(length.length()).isEqualTo(64);
        Output tooSmall = operations.whole(session, SIGN, MESSAGE, room(63));
        assertThat(tooSmall.fits()).isFalse();
        assertThat(tooSmall.length()).isEqualTo(64);
        Output signature = operations.whole(session, SIGN, MESSAGE, room(64));
        assertThat(signature.fits()).isTrue();
        assertSignature(pair.publicKey(), signature.data());
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> operations.whole(session, SIGN, MESSAGE, room(64)));
    }

    @Test
    void sign_ofOtherDataThanTheBufferWasTooSmallFor_isRefused() throws TokenException {
        KeyFunctions.KeyPairHandles pair = TestClients.ecKeyPair(client, session, Template.empty());
        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        operations.whole(session, SIGN, MESSAGE, room(1));
        assertReturns("CKR_OPERATION_ACTIVE", () -> operations.whole(session, SIGN, part(0, 4), room(64)));
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> operations.whole(session, SIGN, MESSAGE, room(64)));
    }

    @Test
    void sign_inParts_isTheSignatureOfTheWhole() throws TokenException {
        KeyFunctions.KeyPairHandles pair = TestClients.ecKeyPair(client, session, Template.empty());
        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        operations.feed(session, SIGN, part(0, 10));
        operations.feed(session, SIGN, part(10, MESSAGE.length));
        assertThat(operations.finish(session, SIGN, LENGTH_ONLY).length()).isEqualTo(64);
        assertThat(operations.finish(session, SIGN, room(10)).fits()).isFalse();
        assertSignature(
                pair.publicKey(), operations.finish(session, SIGN, room(64)).data());

        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        operations.feed(session, SIGN, MESSAGE);
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> operations.whole(session, SIGN, MESSAGE, room(64)));
    }

    @Test
    void verify_inParts_tellsGoodFromBad() throws TokenException {
        KeyFunctions.KeyPairHandles pair = TestClients.ecKeyPair(client, session, Template.empty());
        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        byte[] signature = operations.whole(session, SIGN, MESSAGE, room(64)).data();
        init(VERIFY, Mechanism.ECDSA_SHA256, pair.publicKey());
        operations.feed(session, VERIFY, MESSAGE);
        operations.verifyFinal(session, signature);
        init(VERIFY, Mechanism.ECDSA_SHA256, pair.publicKey());
        operations.feed(session, VERIFY, part(1, 5));
        assertReturns("CKR_SIGNATURE_INVALID", () -> operations.verifyFinal(session, signature));
    }

    @Test
    void init_withTheWrongKeyOrMechanism_isRefusedInTheStandardsOrder() throws TokenException {
        KeyFunctions.KeyPairHandles pair = TestClients.ecKeyPair(client, session, Template.empty());
        Mechanism unknown = Mechanism.of(new MechanismType(0x8000_1234L));
        assertReturns("CKR_MECHANISM_INVALID", () -> init(SIGN, unknown, 777));
        assertReturns("CKR_MECHANISM_INVALID", () -> init(SIGN, unknown, pair.privateKey()));
        assertReturns("CKR_MECHANISM_INVALID", () -> init(ENCRYPT, Mechanism.ECDSA, 777));
        assertReturns("CKR_KEY_HANDLE_INVALID", () -> init(SIGN, Mechanism.ECDSA, 777));
        assertReturns("CKR_KEY_TYPE_INCONSISTENT", () -> init(SIGN, Mechanism.RSA_PKCS, pair.privateKey()));
        assertReturns("CKR_KEY_FUNCTION_NOT_PERMITTED", () -> init(SIGN, Mechanism.ECDSA, pair.publicKey()));
        assertReturns("CKR_MECHANISM_INVALID", () -> operations.digestInit(session, Optional.of(Mechanism.ECDSA)));
        long data = client.objects().createObject(session, TestClients.data("no key", false));
        assertReturns("CKR_KEY_HANDLE_INVALID", () -> init(SIGN, Mechanism.ECDSA, data));
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> operations.feed(session, SIGN, MESSAGE));
    }

    @Test
    void init_whileActive_isRefusedAndWithoutAMechanismEndsIt() throws TokenException {
        KeyFunctions.KeyPairHandles pair = TestClients.ecKeyPair(client, session, Template.empty());
        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        assertReturns("CKR_OPERATION_ACTIVE", () -> init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey()));
        operations.init(session, SIGN, Optional.empty(), 0);
        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        client.sessions().sessionCancel(session, 0x800);
        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
    }

    @Test
    void logout_endsWhatWasBegun() throws TokenException {
        KeyFunctions.KeyPairHandles pair = TestClients.ecKeyPair(client, session, Template.empty());
        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        client.sessions().logout(session);
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> operations.whole(session, SIGN, MESSAGE, room(64)));
        assertReturns("CKR_KEY_HANDLE_INVALID", () -> init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey()));
    }

    @Test
    void encrypt_inPartsWithSmallBuffers_decryptsToTheMessage() throws Exception {
        long key = TestClients.aesKey(client, session, Template.empty());
        init(ENCRYPT, CBC_PAD, key);
        ByteArrayOutputStream ciphertext = new ByteArrayOutputStream();
        assertThat(operations.part(session, ENCRYPT, part(0, 20), LENGTH_ONLY).length())
                .isGreaterThanOrEqualTo(16);
        assertThat(operations.part(session, ENCRYPT, part(0, 20), room(15)).fits())
                .isFalse();
        ciphertext.write(
                operations.part(session, ENCRYPT, part(0, 20), room(16)).data());
        ciphertext.write(operations
                .part(session, ENCRYPT, part(20, MESSAGE.length), room(64))
                .data());
        assertThat(operations.finish(session, ENCRYPT, LENGTH_ONLY).length()).isGreaterThanOrEqualTo(16);
        assertThat(operations.finish(session, ENCRYPT, room(3)).length()).isEqualTo(16);
        ciphertext.write(operations.finish(session, ENCRYPT, room(16)).data());

        init(DECRYPT, CBC_PAD, key);
        assertThat(operations
                        .whole(session, DECRYPT, ciphertext.toByteArray(), LENGTH_ONLY)
                        .length())
                .isGreaterThanOrEqualTo(MESSAGE.length);
        assertThat(operations
                        .whole(session, DECRYPT, ciphertext.toByteArray(), room(64))
                        .data())
                .isEqualTo(MESSAGE);
    }

    @Test
    void decrypt_ofGarbage_endsTheOperation() throws TokenException {
        long key = TestClients.aesKey(client, session, Template.empty());
        init(DECRYPT, CBC_PAD, key);
        assertReturns("CKR_ENCRYPTED_DATA_INVALID", () -> operations.whole(session, DECRYPT, new byte[16], room(64)));
        assertReturns(
                "CKR_OPERATION_NOT_INITIALIZED", () -> operations.whole(session, DECRYPT, new byte[16], room(64)));
    }

    @Test
    void digest_wholeInPartsAndOfAKey_isTheDigest() throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        initDigest();
        assertThat(operations.whole(session, DIGEST, MESSAGE, LENGTH_ONLY).length())
                .isEqualTo(32);
        assertThat(operations.whole(session, DIGEST, MESSAGE, room(32)).data()).isEqualTo(sha256.digest(MESSAGE));

        long open = client.objects()
                .createObject(
                        session,
                        Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                                .with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                                .with(Attribute.SENSITIVE, false)
                                .with(Attribute.EXTRACTABLE, true)
                                .with(Attribute.VALUE, Bytes.of(MESSAGE)));
        initDigest();
        operations.feed(session, DIGEST, MESSAGE);
        operations.digestKey(session, open);
        sha256.update(MESSAGE);
        assertThat(operations.finish(session, DIGEST, room(32)).data()).isEqualTo(sha256.digest(MESSAGE));

        long closed = TestClients.aesKey(client, session, Template.of(Attribute.SENSITIVE, true));
        initDigest();
        assertReturns("CKR_KEY_INDIGESTIBLE", () -> operations.digestKey(session, closed));
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> operations.finish(session, DIGEST, room(32)));
    }

    @Test
    void digestEncryptUpdate_doesBothOnce() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        long key = TestClients.aesKey(client, session, Template.empty());
        initDigest();
        init(ENCRYPT, CBC_PAD, key);
        ByteArrayOutputStream ciphertext = new ByteArrayOutputStream();
        operations.digestEncrypt(session, MESSAGE, LENGTH_ONLY);
        operations.digestEncrypt(session, MESSAGE, room(1));
        ciphertext.write(operations.digestEncrypt(session, MESSAGE, room(64)).data());
        ciphertext.write(operations.finish(session, ENCRYPT, room(64)).data());
        assertThat(operations.finish(session, DIGEST, room(32)).data()).isEqualTo(digest);

        initDigest();
        init(DECRYPT, CBC_PAD, key);
        ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
        operations.decryptDigest(session, ciphertext.toByteArray(), room(1));
        plaintext.write(operations
                .decryptDigest(session, ciphertext.toByteArray(), room(64))
                .data());
        byte[] last = operations.finish(session, DECRYPT, room(64)).data();
        plaintext.write(last);
        operations.feed(session, DIGEST, last);
        assertThat(plaintext.toByteArray()).isEqualTo(MESSAGE);
        assertThat(operations.finish(session, DIGEST, room(32)).data()).isEqualTo(digest);
    }

    @Test
    void signEncryptUpdate_andItsInverse_workTogether() throws Exception {
        KeyFunctions.KeyPairHandles pair = TestClients.ecKeyPair(client, session, Template.empty());
        long key = TestClients.aesKey(client, session, Template.empty());
        Mechanism ctr = Mechanism.AES_CTR.of(new org.symbolon.MechanismParameters.Counter(Bytes.of(new byte[16]), 128));
        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        init(ENCRYPT, ctr, key);
        byte[] ciphertext = operations.signEncrypt(session, MESSAGE, room(64)).data();
        operations.finish(session, ENCRYPT, room(64));
        byte[] signature = operations.finish(session, SIGN, room(64)).data();

        init(DECRYPT, ctr, key);
        init(VERIFY, Mechanism.ECDSA_SHA256, pair.publicKey());
        assertThat(operations.decryptVerify(session, ciphertext, room(64)).data())
                .isEqualTo(MESSAGE);
        operations.finish(session, DECRYPT, room(64));
        operations.verifyFinal(session, signature);
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> operations.signEncrypt(session, MESSAGE, room(64)));
    }

    @Test
    void key_thatAlwaysAuthenticates_waitsForThePinEachTime() throws TokenException {
        KeyFunctions.KeyPairHandles pair = client.keys()
                .generateKeyPair(
                        session,
                        mechanism("CKM_EC_KEY_PAIR_GEN"),
                        Template.of(Attribute.EC_PARAMS, org.symbolon.NamedCurve.P256.ecParams())
                                .with(Attribute.VERIFY, true),
                        Template.of(Attribute.SIGN, true)
                                .with(Attribute.PRIVATE, true)
                                .with(Attribute.ALWAYS_AUTHENTICATE, true));
        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        assertReturns(
                "CKR_PIN_INCORRECT",
                () -> client.sessions().login(session, TestClients.CONTEXT, TestClients.WRONG_PIN));
        client.sessions().login(session, TestClients.CONTEXT, TestClients.USER_PIN);
        assertSignature(
                pair.publicKey(),
                operations.whole(session, SIGN, MESSAGE, room(64)).data());

        init(SIGN, Mechanism.ECDSA_SHA256, pair.privateKey());
        assertReturns("CKR_USER_NOT_LOGGED_IN", () -> operations.whole(session, SIGN, MESSAGE, room(64)));
        assertReturns("CKR_OPERATION_NOT_INITIALIZED", () -> operations.whole(session, SIGN, MESSAGE, room(64)));
        assertReturns("CKR_KEY_TYPE_INCONSISTENT", () -> init(SIGN, Mechanism.RSA_PKCS, pair.privateKey()));
    }

    @Test
    void wrapKey_andUnwrapKey_carryAKey() throws TokenException {
        long wrapping = client.keys()
                .generateKey(
                        session,
                        mechanism("CKM_AES_KEY_GEN"),
                        Template.of(Attribute.VALUE_LEN, 32L)
                                .with(Attribute.WRAP, true)
                                .with(Attribute.UNWRAP, true));
        long target = TestClients.aesKey(client, session, Template.of(Attribute.EXTRACTABLE, true));
        KeyFunctions keys = client.keys();
        assertThat(keys.wrapKey(session, Mechanism.AES_KEY_WRAP, wrapping, target, LENGTH_ONLY)
                        .length())
                .isEqualTo(40);
        assertThat(keys.wrapKey(session, Mechanism.AES_KEY_WRAP, wrapping, target, room(39))
                        .fits())
                .isFalse();
        byte[] wrapped = keys.wrapKey(session, Mechanism.AES_KEY_WRAP, wrapping, target, room(40))
                .data();
        Template template = Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.AES)
                .with(Attribute.DECRYPT, true);
        long unwrapped = keys.unwrapKey(session, Mechanism.AES_KEY_WRAP, wrapping, wrapped, template);

        init(ENCRYPT, CBC_PAD, target);
        byte[] ciphertext =
                operations.whole(session, ENCRYPT, MESSAGE, room(64)).data();
        init(DECRYPT, CBC_PAD, unwrapped);
        assertThat(operations.whole(session, DECRYPT, ciphertext, room(64)).data())
                .isEqualTo(MESSAGE);

        assertReturns(
                "CKR_WRAPPING_KEY_HANDLE_INVALID",
                () -> keys.wrapKey(session, Mechanism.AES_KEY_WRAP, 999, target, room(40)));
        assertReturns(
                "CKR_KEY_HANDLE_INVALID", () -> keys.wrapKey(session, Mechanism.AES_KEY_WRAP, wrapping, 999, room(40)));
        assertReturns(
                "CKR_UNWRAPPING_KEY_HANDLE_INVALID",
                () -> keys.unwrapKey(session, Mechanism.AES_KEY_WRAP, 999, wrapped, template));
    }

    @Test
    void deriveKey_withAnUnknownBaseKey_isRefused() {
        Mechanism derive = Mechanism.CONCATENATE_BASE_AND_DATA.of(
                new org.symbolon.DerivationParameters.StringData(Bytes.of(MESSAGE)));
        assertReturns("CKR_KEY_HANDLE_INVALID", () -> client.keys().deriveKey(session, derive, 999, Template.empty()));
    }

    @Test
    void generateRandom_upToItsBound_isRandom() throws TokenException {
        client.random().seedRandom(session, MESSAGE);
        byte[] first = client.random().generateRandom(session, 32);
        assertThat(first).hasSize(32).isNotEqualTo(client.random().generateRandom(session, 32));
        assertReturns(
                "CKR_ARGUMENTS_BAD", () -> client.random().generateRandom(session, RandomFunctions.MAX_BYTES + 1));
    }
}

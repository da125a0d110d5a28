package org.symbolon.tests.remote.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import javax.crypto.Cipher;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;
import org.symbolon.tests.Program;

/** pkcs11-tool of OpenSC, through p11-kit-client.so, on a soft token that our server serves. */
class Pkcs11ToolTest {
    private static final byte[] MESSAGE = "a message of the tests".getBytes(US_ASCII);

    @TempDir
    Path folder;

    private ServedTokens tokens;

    @BeforeEach
    void serve() throws TokenException, IOException {
        tokens = new ServedTokens(folder);
    }

    @AfterEach
    void close() {
        tokens.close();
    }

    private PublicKey publicKey(String label) throws Exception {
        try (Session session = tokens.session()) {
            return PublicKeys.of(session.publicKey(label));
        }
    }

    private void generate(String type, String label) throws Exception {
        assertThat(tokens.pkcs11ToolOfUser("--keypairgen", "--key-type", type, "--label", label, "--id", "01"))
                .contains("Key pair generated");
    }

    @Test
    void listSlots_showsTheTokenAndTheEmptySlot() throws Exception {
        assertThat(tokens.pkcs11Tool("--list-slots"))
                .containsPattern("token label +: Served")
                .contains("token initialized", "PIN initialized")
                .containsPattern("token state: +uninitialized");
    }

    @Test
    void listMechanisms_showsWhatTheLibraryLetsThrough() throws Exception {
        assertThat(tokens.pkcs11Tool("--list-mechanisms"))
                .contains("RSA-PKCS-PSS", "ECDSA-KEY-PAIR-GEN", "AES-KEY-GEN", "SHA256-HMAC", "EC OID");
    }

    @Test
    void sign_withRsa_makesASignature() throws Exception {
        generate("rsa:2048", "rsa");
        Path signature = folder.resolve("signature");
        tokens.pkcs11ToolOfUser(
                "--sign", "-m", "SHA256-RSA-PKCS", "-i", tokens.file("message", MESSAGE), "-o", signature);
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(publicKey("rsa"));
        verifier.update(MESSAGE);
        assertThat(verifier.verify(Files.readAllBytes(signature))).isTrue();
    }

    @Test
    void sign_withEcdsa_makesASignature() throws Exception {
        generate("EC:secp384r1", "ec");
        byte[] digest = java.security.MessageDigest.getInstance("SHA-384").digest(MESSAGE);
        Path signature = folder.resolve("signature");
        tokens.pkcs11ToolOfUser("--sign", "-m", "ECDSA", "-i", tokens.file("digest", digest), "-o", signature);
        Signature verifier = Signature.getInstance("SHA384withECDSAinP1363Format");
        verifier.initVerify(publicKey("ec"));
        verifier.update(MESSAGE);
        assertThat(verifier.verify(Files.readAllBytes(signature))).isTrue();
    }

    @Test
    void decrypt_withRsa_givesTheMessage() throws Exception {
        generate("rsa:2048", "rsa");
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, publicKey("rsa"));
        Path ciphertext = tokens.file("ciphertext", cipher.doFinal(MESSAGE));
        Path plaintext = folder.resolve("plaintext");
        tokens.pkcs11ToolOfUser("--decrypt", "-m", "RSA-PKCS", "-i", ciphertext, "-o", plaintext);
        assertThat(plaintext).hasBinaryContent(MESSAGE);
    }

    @Test
    void writeObject_ofDataAndAPrivateKey_canBeReadAndUsed() throws Exception {
        Path data = tokens.file("data", MESSAGE);
        tokens.pkcs11ToolOfUser("--write-object", data, "--type", "data", "--label", "note");
        Path read = folder.resolve("read");
        tokens.pkcs11ToolOfUser("--read-object", "--type", "data", "--label", "note", "-o", read);
        assertThat(read).hasBinaryContent(MESSAGE);

        java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        java.security.KeyPair pair = generator.generateKeyPair();
        Path key = tokens.file("key.der", pair.getPrivate().getEncoded());
        tokens.pkcs11ToolOfUser("--write-object", key, "--type", "privkey", "--label", "imported", "--id", "07");
        Path signature = folder.resolve("signature");
        tokens.pkcs11ToolOfUser("--sign", "-m", "SHA512-RSA-PKCS", "--id", "07", "-i", data, "-o", signature);
        Signature verifier = Signature.getInstance("SHA512withRSA");
        verifier.initVerify(pair.getPublic());
        verifier.update(MESSAGE);
        assertThat(verifier.verify(Files.readAllBytes(signature))).isTrue();
    }

    @Test
    void token_isInitializedAndItsPinsAreSet() throws Exception {
        tokens.pkcs11Tool("--slot", "2", "--init-token", "--label", "Second", "--so-pin", "officer 2");
        List<Object> second = List.of("--token-label", "Second");
        tokens.pkcs11Tool(with(
                second,
                "--login",
                "--login-type",
                "so",
                "--so-pin",
                "officer 2",
                "--init-pin",
                "--new-pin",
                "first pin"));
        tokens.pkcs11Tool(with(second, "--login", "--pin", "first pin", "--change-pin", "--new-pin", "second pin"));
        tokens.pkcs11Tool(with(second, "--login", "--pin", "second pin", "--list-objects"));
        Program refused = tokens.tryPkcs11Tool(with(second, "--login", "--pin", "first pin", "--list-objects"));
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("CKR_PIN_INCORRECT");
    }

    private static Object[] with(List<Object> first, Object... more) {
        List<Object> all = new java.util.ArrayList<>(first);
        all.addAll(List.of(more));
        return all.toArray();
    }

    @Test
    void deleteObject_removesIt() throws Exception {
        generate("EC:prime256v1", "gone");
        tokens.pkcs11ToolOfUser("--delete-object", "--type", "privkey", "--id", "01");
        assertThat(tokens.pkcs11ToolOfUser("--list-objects")).doesNotContain("Private Key Object");
    }

    @Test
    void test_ofTheTool_findsNoErrors() throws Exception {
        generate("rsa:2048", "rsa");
        String verdict = tokens.pkcs11ToolOfUser("--test");
        assertThat(verdict).contains("No errors", "RSA-PKCS-OAEP", "seems to be OK");
    }

    @Test
    void clients_thatLeft_leaveNothing() throws Exception {
        tokens.pkcs11ToolOfUser("--list-objects");
        Awaitility.await().until(() -> tokens.clients() == 0);
    }
}

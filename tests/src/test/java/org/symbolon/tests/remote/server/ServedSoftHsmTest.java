package org.symbolon.tests.remote.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.remote.SoftHsm;

/** SoftHSM behind our client behind our server behind p11-kit's client: what it does at once only is asked of it at once. */
@Timeout(300)
class ServedSoftHsmTest {
    private static final byte[] MESSAGE = "a message of the tests".getBytes(US_ASCII);

    @Test
    void rsaKey_ofAForeignToken_signsAndDecrypts(@TempDir Path folder) throws Exception {
        try (SoftHsm softHsm = new SoftHsm();
                ServedTokens tokens = new ServedTokens(folder, TokenModule.open(softHsm.execUri()))) {
            tokens.pkcs11ToolOfUser("--keypairgen", "--key-type", "rsa:2048", "--label", "rsa", "--id", "01");
            PublicKey key;
            try (Session session = tokens.session()) {
                key = PublicKeys.of(session.publicKey("rsa"));
            }

            Path signature = folder.resolve("signature");
            tokens.pkcs11ToolOfUser(
                    "--sign", "-m", "SHA256-RSA-PKCS", "-i", tokens.file("message", MESSAGE), "-o", signature);
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(MESSAGE);
            assertThat(verifier.verify(Files.readAllBytes(signature))).isTrue();

            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            Path plaintext = folder.resolve("plaintext");
            tokens.pkcs11ToolOfUser(
                    "--decrypt",
                    "-m",
                    "RSA-PKCS",
                    "-i",
                    tokens.file("ciphertext", cipher.doFinal(MESSAGE)),
                    "-o",
                    plaintext);
            assertThat(plaintext).hasBinaryContent(MESSAGE);
        }
    }

    @Test
    void test_ofTheTool_endsAsItDoesWithSoftHsmItself(@TempDir Path folder) throws Exception {
        try (SoftHsm softHsm = new SoftHsm();
                ServedTokens tokens = new ServedTokens(folder, TokenModule.open(softHsm.execUri()))) {
            tokens.pkcs11ToolOfUser("--keypairgen", "--key-type", "rsa:2048", "--label", "rsa", "--id", "01");
            Program direct = Program.run(
                    folder,
                    Map.of("SOFTHSM2_CONF", softHsm.configuration().toString()),
                    List.of(
                            Peer.require("pkcs11-tool", "opensc"),
                            "--module",
                            softHsm.module(),
                            "--token-label",
                            ServedTokens.LABEL,
                            "--login",
                            "--pin",
                            ServedTokens.pin(),
                            "--test"));
            Program served = tokens.tryPkcs11ToolOfUser("--test");
            assertThat(served.exitCode()).as(served.output()).isEqualTo(direct.exitCode());
            assertThat(verdict(served)).isEqualTo(verdict(direct)).isNotEqualTo("No errors");
        }
    }

    private static String verdict(Program test) {
        return test.output().lines().reduce("", (first, last) -> last.isBlank() ? first : last);
    }
}

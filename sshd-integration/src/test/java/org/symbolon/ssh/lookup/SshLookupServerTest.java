package org.symbolon.ssh.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Session;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeysLine;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenAuthorizedKeys;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.ssh.certificate.SshCertificateAuthority;
import org.symbolon.ssh.certificate.SshCertificateBuilder;

class SshLookupServerTest {
    @TempDir
    private Path folder;

    private final TestToken token = new TestToken();
    private Session session;
    private TokenAuthorizedKeys keys;
    private SshLookupServer server;
    private SshLookupClient client;
    private SshPublicKey key;

    @BeforeEach
    void start() throws Exception {
        session = token.open();
        keys = TokenAuthorizedKeys.in(session);
        server = SshLookupServer.start(folder.resolve("s"), Set.of(), new SshLookup(keys), 64);
        client = new SshLookupClient(folder.resolve("s"));
        key = newKey();
        keys.add("alice", key, options("no-pty,command=\"echo \\\"hi\\\"\""), "at work");
    }

    @AfterEach
    void stop() {
        server.close();
        session.close();
    }

    @Test
    void authorizedKeys_byBlobFingerprintOrUserAlone_givesTheLineWithItsOptions() throws Exception {
        keys.add("alice", newKey());
        String line = client.authorizedKeys("alice", base64(key.blob())).get(0);

        assertThat(AuthorizedKeysLine.parse(line).key()).isEqualTo(key);
        assertThat(line).contains("no-pty", "command=\"echo \\\"hi\\\"\"", "at work");
        assertThat(client.authorizedKeys("alice", key.fingerprint())).containsExactly(line);
        assertThat(client.authorizedKeys("alice", "")).hasSize(2).contains(line);
    }

    @Test
    void authorizedKeys_othersAndOddNames_giveNothing() throws Exception {
        String offered = base64(key.blob());

        assertThat(client.authorizedKeys("bob", offered)).isEmpty();
        assertThat(client.authorizedKeys("alice", base64(newKey().blob()))).isEmpty();
        for (String name :
                List.of("", "../alice", "alice\nalice", "ali\0ce", "alice*", "%", "a".repeat(5000), "älice")) {
            assertThat(client.authorizedKeys(name, offered)).as(name).isEmpty();
        }
        for (String odd : List.of("AAAA", "not base64!", "SHA256:", base64(new byte[] {0, 0, 0, 9, 1}))) {
            assertThat(client.authorizedKeys("alice", odd)).as(odd).isEmpty();
        }
    }

    @Test
    void authorizedKeys_certificate_givesTheAuthorityThatSignedIt() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        token.put("ca", generator.generateKeyPair());
        SshCertificateAuthority authority = SshCertificateAuthority.labelled(session, "ca");
        SshCertificate certificate =
                authority.issue(SshCertificateBuilder.user(newKey()).keyId("x").principals(List.of("ops")));
        String offered = base64(certificate.blob());
        assertThat(client.authorizedKeys("alice", offered)).isEmpty();

        keys.add("alice", authority.publicKey(), options("cert-authority,no-pty,principals=\"ops,admin\""), "");

        assertThat(client.authorizedKeys("alice", offered))
                .singleElement()
                .asString()
                .contains("cert-authority", "no-pty", "principals=\"ops,admin\"");
        assertThat(client.authorizedPrincipals("alice", authority.publicKey().fingerprint()))
                .hasSize(2)
                .allMatch(line -> line.contains("no-pty ") && !line.contains("ssh-ed25519"))
                .anyMatch(line -> line.endsWith(" ops"))
                .anyMatch(line -> line.endsWith(" admin"));
        assertThat(client.authorizedPrincipals("alice", key.fingerprint())).isEmpty();
        assertThat(client.authorizedPrincipals("bob", authority.publicKey().fingerprint()))
                .isEmpty();
    }

    @Test
    void authorizedKeys_storeDown_isAnErrorAndNoAnswer() throws Exception {
        token.answering(false);

        assertThatThrownBy(() -> client.authorizedKeys("alice", base64(key.blob())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no answer");
        assertThat(ask("keys\talice\t" + key.fingerprint() + "\n")).isEqualTo("failed\n");
        token.answering(true);
        assertThat(client.authorizedKeys("alice", base64(key.blob()))).hasSize(1);
    }

    @Test
    void question_thatIsNone_isCutOffWithoutAWord() throws Exception {
        assertThat(ask("what\talice\n")).isEmpty();
        assertThat(ask("keys\n")).isEmpty();
        assertThat(ask("keys\ta\tb\tc\n")).isEmpty();
        assertThat(ask("keys\talice")).isEmpty();
        assertThat(ask("keys\t" + "a".repeat(SshLookupServer.MAX_LINE_BYTES))).isEmpty();
        assertThat(client.authorizedKeys("alice", base64(key.blob()))).hasSize(1);
    }

    /** Sends bytes, says that no more come, and reads what is answered. */
    private String ask(String question) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("s")));
            channel.write(ByteBuffer.wrap(question.getBytes(UTF_8)));
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
        }
    }

    private static AuthorizedKeyOptions options(String text) throws Exception {
        AuthorizedKeysLine line = AuthorizedKeysLine.parse(text + " " + newKey().toOpenSshLine(""));
        return AuthorizedKeyOptions.parse(line.options());
    }

    private static SshPublicKey newKey() throws Exception {
        return SshPublicKey.of(
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
    }

    private static String base64(byte[] blob) {
        return Base64.getEncoder().encodeToString(blob);
    }
}

package org.symbolon.tests.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.tests.Program;

/** OpenSSH's client against a Java server whose keys are in a token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenSshTest {
    private static final int REFUSED = 255;

    private final AtomicInteger count = new AtomicInteger();
    private Path folder;
    private TokenSshServer server;
    private OpenSsh openSsh;

    @BeforeAll
    void startServer(@TempDir Path temporary) throws Exception {
        folder = temporary;
        server = TokenSshServer.start(folder.resolve("ssh.db"));
        openSsh = new OpenSsh(folder);
        openSsh.trust(server.port(), server.hostKeys().values());
    }

    @AfterAll
    void stopServer() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"rsa,2048", "rsa,4096", "ecdsa,256", "ecdsa,384", "ecdsa,521", "ed25519,256"})
    void logIn_withAKeyOfEachType_runsTheCommand(String type, int bits) throws Exception {
        String name = unique();
        server.users().add("alice", openSsh.newKey(name, type, bits));

        assertLetIn("alice", openSsh.logIn(server.port(), "alice", name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh-ed25519",
                "ecdsa-sha2-nistp256",
                "ecdsa-sha2-nistp384",
                "ecdsa-sha2-nistp521",
                "rsa-sha2-256",
                "rsa-sha2-512"
            })
    void logIn_withEachHostKeyAlgorithm_runsTheCommand(String algorithm) throws Exception {
        String name = unique();
        server.users().add("alice", openSsh.newKey(name, "ecdsa", 256));

        assertLetIn("alice", openSsh.logIn(server.port(), "alice", name, "-o", "HostKeyAlgorithms=" + algorithm));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-sha2-256", "rsa-sha2-512"})
    void logIn_withEachRsaAlgorithm_runsTheCommand(String algorithm) throws Exception {
        String name = unique();
        server.users().add("alice", openSsh.newKey(name, "rsa", 2048));

        assertLetIn(
                "alice", openSsh.logIn(server.port(), "alice", name, "-o", "PubkeyAcceptedAlgorithms=" + algorithm));
    }

    @Test
    void scan_ofTheHostKeys_showsThoseInTheToken() throws Exception {
        Set<SshPublicKey> inTheToken = Set.copyOf(server.hostKeys().values());

        List<SshPublicKey> scanned = openSsh.scan(server.port());

        assertThat(scanned).isNotEmpty().isSubsetOf(inTheToken);
        assertThat(scanned.stream().map(key -> key.type().wireName()).collect(Collectors.toSet()))
                .contains("ssh-rsa", "ssh-ed25519");
    }

    @Test
    void logIn_toAServerWithAnotherHostKey_isGivenUpByTheClient() throws Exception {
        String name = unique();
        SshPublicKey key = openSsh.newKey(name, "ed25519", 256);
        server.users().add("alice", key);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        OpenSsh suspicious = new OpenSsh(elsewhere);
        Files.copy(folder.resolve(name), elsewhere.resolve(name));
        suspicious.trust(server.port(), List.of(key));

        Program ssh = suspicious.logIn(server.port(), "alice", name);

        assertThat(ssh.exitCode()).isEqualTo(REFUSED);
        assertThat(ssh.output()).containsIgnoringCase("host key");
    }

    @Test
    void logIn_afterTheKeyIsRemoved_isRefused() throws Exception {
        String name = unique();
        SshPublicKey key = openSsh.newKey(name, "ed25519", 256);
        server.users().add("bob", key);
        assertLetIn("bob", openSsh.logIn(server.port(), "bob", name));

        assertThat(server.users().remove("bob", key)).isTrue();

        assertRefused(openSsh.logIn(server.port(), "bob", name));
    }

    @Test
    void logIn_withARowThatWasPutBackBySql_isRefused() throws Exception {
        String name = unique();
        SshPublicKey key = openSsh.newKey(name, "ed25519", 256);
        DatabaseRows rows = new DatabaseRows(folder.resolve("ssh.db"));
        server.users().add("carol", key);
        rows.remember("object", "attribute_tag");
        server.users().remove("carol", key);

        assertThat(rows.putBack()).as("rows put back").isPositive();

        assertRefused(openSsh.logIn(server.port(), "carol", name));
        assertThat(rows.remove()).isPositive();
        server.users().add("carol", key);
        assertLetIn("carol", openSsh.logIn(server.port(), "carol", name));
    }

    @Test
    void logIn_withAnotherUsersKey_isRefused() throws Exception {
        String name = unique();
        server.users().add("dave", openSsh.newKey(name, "ed25519", 256));

        for (String user : List.of("erin", "dav", "davee", "DAVE", "dave ", "' OR '1'='1", "%")) {
            assertRefused(openSsh.logIn(server.port(), user, name));
        }
        assertLetIn("dave", openSsh.logIn(server.port(), "dave", name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"o'brien", "a/../b", "back\\slash", "semi;colon --", "d\u00f6rte", "\u03a9", "a b c", "%41"})
    void logIn_withAnOddUserName_isThatUserOnly(String user) throws Exception {
        String name = unique();
        SshPublicKey key = openSsh.newKey(name, "ed25519", 256);
        assertRefused(openSsh.logIn(server.port(), user, name));

        server.users().add(user, key);

        assertLetIn(user, openSsh.logIn(server.port(), user, name));
        assertThat(server.users().list(user)).hasSize(1);
        assertThat(server.users().remove(user, key)).isTrue();
        assertRefused(openSsh.logIn(server.port(), user, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nbreak", "nul\0", "tab\t", ""})
    void add_withAUserNameOfControlCharacters_isRefused(String user) throws Exception {
        SshPublicKey key = openSsh.newKey(unique(), "ed25519", 256);

        assertThatThrownBy(() -> server.users().add(user, key)).isInstanceOf(IllegalArgumentException.class);
        assertThat(server.users().find(user, key)).isEmpty();
    }

    private String unique() {
        return "key-" + count.incrementAndGet();
    }

    private static void assertLetIn(String user, Program ssh) {
        assertThat(ssh.exitCode()).as(ssh.output()).isZero();
        assertThat(ssh.output()).contains("hello " + user + ": a command");
    }

    private static void assertRefused(Program ssh) {
        assertThat(ssh.exitCode()).as(ssh.output()).isEqualTo(REFUSED);
        assertThat(ssh.output()).contains("Permission denied").doesNotContain("hello");
    }
}

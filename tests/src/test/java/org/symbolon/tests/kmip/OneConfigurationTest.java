package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.InvalidAttributeException;
import org.symbolon.Mechanism;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.config.Configuration;
import org.symbolon.config.OpenToken;
import org.symbolon.config.SecretReference;
import org.symbolon.kmip.server.KmipServer;
import org.symbolon.soft.KdfParameters;
import org.symbolon.soft.Postgresql;
import org.symbolon.soft.SoftModule;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeysLine;
import org.symbolon.ssh.CachedAuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.soft.PostgresqlCluster;
import org.symbolon.tests.ssh.OpenSsh;
import org.symbolon.tests.ssh.TokenSshServer;

/**
 * One SSH server, one program, and the store of its users' keys chosen by the configuration file alone: OpenSSH's client is let
 * in by a plain key and by one with options, and is shut out when they are removed.
 */
@Timeout(240)
class OneConfigurationTest {
    private static final String USER = "alice";

    @TempDir
    private Path folder;

    @Test
    void sqlite() throws Exception {
        try (TokenModule module = SoftTokens.inDatabase(folder.resolve("users.db"))) {
            SoftTokens.make(module, "Users").info();
        }
        story("""
            tokens:
              users: {uri: 'soft:sqlite:%s', pin: '${file:pin}'}
            ssh: {users: users}
            """.formatted(folder.resolve("users.db")), true);
    }

    @Test
    void postgresql() throws Exception {
        PostgresqlCluster cluster = PostgresqlCluster.shared();
        String schema = "one_configuration";
        try (TokenModule module = SoftModule.builder()
                .postgresql(Postgresql.at("127.0.0.1", cluster.port(), "postgres")
                        .withSchema(schema)
                        .withPassword(SecretReference.parse("file:" + cluster.passwordFile())))
                .kdf(KdfParameters.floor())
                .open()) {
            SoftTokens.make(module, "Users").info();
        }
        Files.copy(cluster.passwordFile(), folder.resolve("password"));
        Files.setPosixFilePermissions(folder.resolve("password"), PosixFilePermissions.fromString("rw-------"));
        story("""
            tokens:
              users:
                uri: %s
                database-password: ${file:password}
                pin: ${file:pin}
            ssh: {users: users, cache-age: 10s, outage: 10m}
            """.formatted("soft:postgresql://127.0.0.1:" + cluster.port() + "/postgres?schema=" + schema), true);
    }

    @Test
    void ourKmipServer() throws Exception {
        KmipKeys keys = KmipKeys.make(folder);
        try (TokenModule module = SoftTokens.inMemory();
                Session session = SoftTokens.newSession(module, "Served");
                KmipServer server = KmipServer.builder(session)
                        .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keys.serverContext())
                        .start()) {
            story(kmip(server.address().getPort()), true);
        }
    }

    @Test
    void pykmip() throws Exception {
        try (PykmipServer server = PykmipServer.start(folder)) {
            story(kmip(server.port()), false);
        }
    }

    private String kmip(int port) {
        return """
            tokens:
              users:
                uri: kmip://127.0.0.1:%d
                groups: ssh-users
                token: ssh-users
                login: identity
                trust: %s
                key-store: %s
                key-store-password: ${file:password}
                timeout: 60s
            ssh: {users: users, find-by: label, cache-age: 10s, outage: 10m}
            """.formatted(port, folder.resolve("ca.crt"), folder.resolve("alice.p12"));
    }

    /** The program: nothing in it knows where the keys are. */
    private void story(String file, boolean keepsOptions) throws Exception {
        Files.writeString(folder.resolve("pin"), "user pin of the tests");
        Files.setPosixFilePermissions(folder.resolve("pin"), PosixFilePermissions.fromString("rw-------"));
        Configuration configuration = Configuration.load(Files.writeString(folder.resolve("symbolon.yaml"), file));
        OpenToken token =
                configuration.token(configuration.ssh().users().orElseThrow()).open();
        CachedAuthorizedKeys users = CachedAuthorizedKeys.of(token.session(), configuration.ssh());
        try (TokenSshServer server = TokenSshServer.over(
                token.module(), token.session(), users, Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048))) {
            OpenSsh openSsh = new OpenSsh(folder);
            SshPublicKey laptop = openSsh.newKey("laptop", "rsa", 2048);
            SshPublicKey robot = openSsh.newKey("robot", "ecdsa", 256);
            openSsh.trust(server.port(), server.hostKeys().values());
            assertShutOut(openSsh, server, "laptop");

            users.add(USER, laptop);
            assertThat(logIn(openSsh, server, "laptop")).contains("hello alice: a command");
            assertShutOut(openSsh, server, "robot");

            AuthorizedKeyOptions options = AuthorizedKeysLine.parse(
                            "command=\"uptime\",restrict " + robot.toOpenSshLine(""))
                    .meaning();
            if (keepsOptions) {
                users.add(USER, robot, options, "the robot");
                assertThat(logIn(openSsh, server, "robot")).contains("hello alice: uptime");
                assertThat(users.list(USER)).extracting(AuthorizedKey::key).containsExactlyInAnyOrder(laptop, robot);
                assertThat(users.remove(USER, robot)).isTrue();
                assertShutOut(openSsh, server, "robot");
            } else {
                assertThatThrownBy(() -> users.add(USER, robot, options, "the robot"))
                        .isInstanceOf(InvalidAttributeException.class)
                        .hasMessageContaining("the token cannot keep what is more than a plain key");
                assertThat(users.list(USER)).extracting(AuthorizedKey::key).containsExactly(laptop);
            }

            assertThat(users.remove(USER, laptop)).isTrue();
            assertShutOut(openSsh, server, "laptop");
        } finally {
            users.close();
            token.close();
        }
    }

    private static String logIn(OpenSsh openSsh, TokenSshServer server, String key) throws Exception {
        Program login = openSsh.logIn(server.port(), USER, key);
        assertThat(login.exitCode()).as(login.output()).isZero();
        return login.output();
    }

    private static void assertShutOut(OpenSsh openSsh, TokenSshServer server, String key) throws Exception {
        assertThat(openSsh.logIn(server.port(), USER, key).output()).contains("Permission denied");
    }
}

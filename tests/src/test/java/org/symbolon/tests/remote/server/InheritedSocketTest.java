package org.symbolon.tests.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.tests.Peer;
import org.symbolon.tests.SoftTokens;
import org.symbolon.tests.remote.TlsKeys;

/** {@code symbolon serve --inherited-socket}, with a socket as standard input as systemd hands it over. */
@Timeout(300)
class InheritedSocketTest {
    /** Binds, tells where, becomes the server: what systemd does with Accept=no. */
    private static final String LISTEN = """
        import os, socket, sys
        unix = not sys.argv[1].isdigit()
        s = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
        s.bind(sys.argv[1] if unix else ("127.0.0.1", int(sys.argv[1])))
        s.listen(64)
        print(s.getsockname() if unix else s.getsockname()[1], flush=True)
        os.dup2(s.fileno(), 0)
        os.execv(sys.argv[2], sys.argv[2:])
        """;

    /** Accepts one client, and becomes the server for it: Accept=yes. */
    private static final String ACCEPT =
            LISTEN.replace("os.dup2(s.fileno(), 0)", "c = s.accept()[0]\nos.dup2(c.fileno(), 0)");

    @TempDir
    private Path folder;

    private Path database;

    @BeforeEach
    void makeToken() throws Exception {
        database = folder.resolve("team.db");
        try (TokenModule module = SoftTokens.inDatabase(database)) {
            SoftTokens.make(module, "Team");
        }
    }

    private Process start(String script, Object where, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Peer.require("python3", "python3").toString(),
                "-c",
                script,
                where.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.symbolon.cli.Main",
                "serve",
                "--inherited-socket"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("log").toFile());
        builder.environment().put("XDG_CONFIG_HOME", folder.toString());
        builder.environment().remove("SYMBOLON_CONFIG");
        return builder.start();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private void assertUsed(String uri, ModuleOptions options) throws Exception {
        try (TokenModule remote = TokenModule.open(uri, options);
                Session session = remote.token("Team").open(Login.user(SoftTokens.PIN))) {
            assertThat(session.random(16)).hasSize(16);
        }
    }

    private void stop(Process server) throws Exception {
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("log")).content().doesNotContain("Exception");
    }

    @Test
    void unixSocket_thatListens_isServedAndLeftWhereItIs() throws Exception {
        Path socket = folder.resolve("tokens.sock");
        Process server = start(LISTEN, socket, "--token", "soft:sqlite:" + database);
        try {
            assertThat(firstLine(server)).isEqualTo(socket.toString());
            assertUsed("p11:unix:path=" + socket, patient());
            assertUsed("p11:unix:path=" + socket, patient());
        } finally {
            stop(server);
        }
        assertThat(socket).exists();
    }

    @Test
    void unixSocket_ofOneClient_isServedToItsEnd() throws Exception {
        assertServesOneClient("--token", "soft:sqlite:" + database);
    }

    @Test
    void unixSocket_ofOneClient_opensNoPortForMonitoring() throws Exception {
        try (ServerSocket another = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path configuration = Files.writeString(
                    folder.resolve("symbolon.yaml"),
                    "tokens:\n  team:\n    uri: soft:sqlite:team.db\nserve:\n  monitoring: 127.0.0.1:"
                            + another.getLocalPort() + "\n");
            assertServesOneClient("--config", configuration);
        }
    }

    private void assertServesOneClient(Object... arguments) throws Exception {
        Path socket = folder.resolve("one.sock");
        Process server = start(ACCEPT, socket, arguments);
        try {
            assertThat(firstLine(server)).isEqualTo(socket.toString());
            try (TokenModule remote = TokenModule.open("p11:unix:path=" + socket, patient())) {
                assertThat(remote.token("Team").info().label()).isEqualTo("Team");
            }
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue())
                    .as(Files.readString(folder.resolve("log")))
                    .isZero();
        } finally {
            stop(server);
        }
    }

    @Test
    void port_thatListens_isServedByTls() throws Exception {
        TlsKeys keys = TlsKeys.make(folder, "server", "client");
        Path configuration = Files.writeString(folder.resolve("symbolon.yaml"), """
            tokens:
              team:
                uri: soft:sqlite:team.db
            serve:
              tls:
                address: 127.0.0.1:1
                key-store: server.p12
                key-store-password: ${file:password}
                trust: client.pem
            """);
        Process server = start(LISTEN, 0, "--config", configuration);
        try {
            assertUsed("p11:tls://localhost:" + firstLine(server), keys.with(patient(), "server", "client"));
        } finally {
            stop(server);
        }
    }

    @Test
    void standardInput_thatIsNoSocket_isRefused() throws Exception {
        Process server = start(
                LISTEN.replace("os.dup2(s.fileno(), 0)", ""),
                folder.resolve("s"),
                "--token",
                "soft:sqlite:" + database);
        try {
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(2);
            assertThat(folder.resolve("log")).content().contains("standard input is no socket");
        } finally {
            server.destroy();
        }
    }

    private static ModuleOptions patient() {
        return ModuleOptions.ofDefaults().withTimeout(Duration.ofSeconds(60)).withSetting("reconnect", "60s");
    }
}

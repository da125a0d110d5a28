package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Pin;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.config.SecretReference;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipClientBuilder;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.testing.KmipFaults;
import org.symbolon.kmip.testing.KmipHandler;

/** What the client shows, and the server checks. */
class ShownCredentialsTest {
    private static final String PASSWORD = "alice's own";

    @TempDir
    private Path folder;

    private MachineRig rig;
    private KmipFaults keys;
    private KmipServer server;

    @BeforeEach
    void start() throws Exception {
        rig = new MachineRig();
        keys = KmipFaults.start(KmipHandler.of(request -> {
            throw new AssertionError("only its keys are used");
        }));
        Path secret = Files.writeString(folder.resolve("password"), PASSWORD);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        server = KmipServer.builder(rig.session())
                .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keys.serverTls())
                .authenticator(KmipUsers.builder()
                        .credentialRequired(true)
                        .user("alice", SecretReference.parse("file:" + secret))
                        .build())
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        keys.close();
        rig.close();
    }

    private KmipClientBuilder client() {
        return KmipClient.builder("localhost").port(server.address().getPort()).tls(keys.clientTls());
    }

    @Test
    void call_withHashedPassword_isAnsweredByAServerThatKnowsIt() throws Exception {
        try (KmipClient client =
                client().hashedPassword("alice", Pin.of(PASSWORD.toCharArray())).open()) {
            assertThat(client.locate(Attributes.NONE)).isEmpty();
        }
    }

    @Test
    void call_withAnotherHashedPassword_isRefused() throws Exception {
        try (KmipClient client = client().hashedPassword("alice", Pin.of("not hers".toCharArray()))
                .open()) {
            assertThatThrownBy(() -> client.locate(Attributes.NONE)).isInstanceOf(TokenAuthenticationException.class);
        }
    }

    @Test
    void login_withPassword_givesATicketThatStandsForItUntilLogout() throws Exception {
        try (KmipClient client =
                client().username("alice", Pin.of(PASSWORD.toCharArray())).open()) {
            KmipClient loggedIn = client.login(Duration.ofMinutes(1));
            assertThat(loggedIn.locate(Attributes.NONE)).isEmpty();

            loggedIn.logout();

            assertThatThrownBy(() -> loggedIn.locate(Attributes.NONE)).isInstanceOf(TokenException.class);
            assertThat(client.locate(Attributes.NONE)).isEmpty();
        }
    }
}

package org.symbolon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Pin;
import org.symbolon.config.Configuration;
import org.symbolon.kmip.KmipClient;
import org.symbolon.kmip.KmipClientBuilder;
import org.symbolon.kmip.KmipEncoding;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.Name;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Create;
import org.symbolon.kmip.operation.Get;
import org.symbolon.kmip.server.PasswordHash;

/** What {@code symbolon serve} shows to KMIP clients, as a configuration file says it. */
class ServedKmipTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private final Commands commands = new Commands();
    private Configuration configuration = Configuration.empty();

    private Path secret(String name, String content) throws IOException {
        return Commands.secret(folder.resolve(name), content);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    private void makeKey(String name) throws Exception {
        String store = folder.resolve(name + ".p12").toString();
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-file",
                folder.resolve(name + ".pem").toString(),
                "-keystore",
                store);
    }

    @BeforeEach
    void configure() throws Exception {
        String token = commands.initToken(folder);
        makeKey("server");
        makeKey("program");
        secret("server.password", PASSWORD);
        secret("alice.password", "alice's");
        secret("bob.password", "bob's");
        configuration = Configuration.load(secret("symbolon.yaml", """
            tokens:
              team:
                uri: %s
                pin: ${file:pin}
            serve:
              kmip:
                address: 127.0.0.1:0
                key-store: server.p12
                key-store-password: ${file:server.password}
                trust: program.pem
                credentials: required
                keep-destroyed: none
                lease-time: 2h
                unique-names: no
                users:
                  alice:
                    password: ${file:alice.password}
                    certificate: CN=program
                  bob:
                    password: ${file:bob.password}
            """.formatted(token)));
    }

    private ServedKmip served() throws Exception {
        return ServedKmip.start(configuration.serve(), configuration, new TokenOptions())
                .orElseThrow();
    }

    private KmipClientBuilder client(ServedKmip served, String user) throws Exception {
        URI address = URI.create(served.address());
        try (Pin stored = Pin.of(PASSWORD.toCharArray());
                Pin password = Pin.of((user + "'s").toCharArray())) {
            return KmipClient.builder(address.getHost())
                    .port(address.getPort())
                    .trust(folder.resolve("server.pem"))
                    .clientKey(folder.resolve("program.p12"), stored)
                    .username(user, password);
        }
    }

    private static Get.Request get(UniqueIdentifier id) {
        return new Get.Request(id, null, null, null, null);
    }

    @Test
    void users_ofOneProgram_haveTheirOwnKeys() throws Exception {
        Attributes aes = Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 128)
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT);
        try (ServedKmip served = served();
                KmipClient alice = client(served, "alice").open();
                KmipClient bob =
                        client(served, "bob").https("/kmip", KmipEncoding.JSON).open()) {
            UniqueIdentifier key = alice.call(new Create.Request(ObjectType.SYMMETRIC_KEY, aes, null))
                    .uniqueIdentifier();

            assertThat(alice.call(get(key)).uniqueIdentifier()).isEqualTo(key);
            assertThatThrownBy(() -> bob.call(get(key))).hasMessageContaining("Found");
        }
    }

    @Test
    void objects_ofAServerThatIsSetSo_shareNamesAreLeasedLongerAndLeaveNothing() throws Exception {
        Attributes named = Attributes.NONE
                .with(AttributeType.CRYPTOGRAPHIC_ALGORITHM, CryptographicAlgorithm.AES)
                .with(AttributeType.CRYPTOGRAPHIC_LENGTH, 128)
                .with(AttributeType.CRYPTOGRAPHIC_USAGE_MASK, CryptographicUsageMask.ENCRYPT)
                .with(AttributeType.NAME, Name.of("shared"));
        try (ServedKmip served = served();
                KmipClient alice = client(served, "alice").open()) {
            UniqueIdentifier first = alice.create(ObjectType.SYMMETRIC_KEY, named);
            UniqueIdentifier second = alice.create(ObjectType.SYMMETRIC_KEY, named);
            assertThat(alice.locate(Attributes.NONE.with(AttributeType.NAME, Name.of("shared"))))
                    .containsExactlyInAnyOrder(first, second);
            assertThat(alice.getAttributes(first, AttributeType.LEASE_TIME).get(AttributeType.LEASE_TIME))
                    .contains(Duration.ofHours(2));

            alice.destroy(first);
            assertThatThrownBy(() -> alice.getAttributes(first, AttributeType.STATE))
                    .hasMessageContaining("Found");
        }
    }

    @Test
    void user_withAWrongPassword_getsNothing() throws Exception {
        try (ServedKmip served = served();
                Pin wrong = Pin.of("wrong".toCharArray());
                KmipClient client =
                        client(served, "alice").username("alice", wrong).open()) {
            assertThatThrownBy(() -> client.call(get(UniqueIdentifier.of("x"))))
                    .hasMessageContaining("AuthenticationNotSuccessful");
        }
    }

    @Test
    void passwordHash_isPrintedAsTheConfigurationTakesIt() throws Exception {
        assertThat(commands.run("password-hash", "--password", "file:" + secret("new", "a password")))
                .isZero();
        PasswordHash hash = PasswordHash.parse(commands.out().strip());
        assertThat(hash).hasToString(commands.out().strip());
    }
}

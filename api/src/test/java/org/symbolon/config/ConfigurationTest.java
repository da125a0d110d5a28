package org.symbolon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.Pkcs11Uri;
import org.symbolon.TokenModule;

class ConfigurationTest {
    @TempDir
    private Path directory;

    private Path file = Path.of("unset");

    @BeforeEach
    void nameFile() {
        file = directory.resolve("symbolon.yaml");
    }

    private Configuration load(String yaml) throws IOException, ConfigurationException {
        Files.writeString(file, yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return Configuration.load(file);
    }

    @Test
    void load_ofAnAgent_hasItAll() throws Exception {
        AgentConfiguration agent = load("""
            tokens:
              team:
                uri: empty:x
            agent:
              socket: run/agent.sock
              tokens: team
              smartcards: [team]
              users: root
              certificates: deploy-cert.pub
              add-keys: true
              askpass: /usr/bin/ssh-askpass
              confirm: false
              lifetime: 8h
              idle: 10m
              max-clients: 9
              keys:
                host:
                  purposes: host
                  peers: root
                "*":
                  purposes: [login, signature]
                  hosts: SHA256:B5iz9jNrmapCFt4d2HWyuYBbRY2H7x6wjTE39XsYTA0
                  users: [git, "deploy-*"]
                  namespaces: git
                  confirm: true
            """).agent();

        assertThat(agent.socket().orElseThrow()).endsWithRaw(Path.of("run", "agent.sock"));
        assertThat(agent.tokens()).containsExactly("team");
        assertThat(agent.smartcards()).containsExactly("team");
        assertThat(agent.users()).containsExactly("root");
        assertThat(agent.certificates()).hasSize(1);
        assertThat(agent.addKeys()).isTrue();
        assertThat(agent.confirm()).isFalse();
        assertThat(agent.lifetime().orElseThrow()).hasHours(8);
        assertThat(agent.idle().orElseThrow()).hasMinutes(10);
        assertThat(agent.maxClients()).isEqualTo(9);
        assertThat(agent.key("host", "SHA256:x").orElseThrow().purposes()).containsExactly(AgentPurpose.HOST);
        AgentConfiguration.Key others = agent.key("deploy", "SHA256:x").orElseThrow();
        assertThat(others.users()).containsExactlyInAnyOrder("git", "deploy-*");
        assertThat(others.confirm()).isTrue();
        assertThat(Configuration.empty().agent().key("deploy", "SHA256:x")).isEmpty();
    }

    @Test
    void load_ofWhatIsServed_hasItAll() throws Exception {
        ServeConfiguration serve = load("""
            tokens:
              team:
                uri: empty:x
              other:
                uri: empty:y
            serve:
              tokens: [team, other]
              socket: run/tokens.sock
              users: alice
              max-clients: 7
              request-timeout: 2s
              monitoring: 9464
              drain: 3s
              tls:
                address: "[::1]:7777"
                key-store: /etc/server.p12
                key-store-password: ${env:PASSWORD}
                trust: ca.pem
                revoked: /etc/ca.crl
            """).serve();

        assertThat(serve.tokens()).containsExactly("team", "other");
        assertThat(serve.sockets())
                .singleElement()
                .satisfies(path -> assertThat(path).isAbsolute().endsWithRaw(Path.of("run", "tokens.sock")));
        assertThat(serve.users()).containsExactly("alice");
        assertThat(serve.maxClients()).isEqualTo(7);
        assertThat(serve.sessionsPerClient()).isEqualTo(1024);
        assertThat(serve.requestTimeout()).hasSeconds(2);
        assertThat(serve.monitoring()).contains(new ServeConfiguration.Address("127.0.0.1", 9464));
        assertThat(serve.drain()).hasSeconds(3);
        ServeConfiguration.Tls tls = serve.tls().orElseThrow();
        assertThat(tls.address()).isEqualTo(new ServeConfiguration.Address("::1", 7777));
        assertThat(tls.revoked()).contains(Path.of("/etc/ca.crl"));
        assertThat(tls.keyStore()).isEqualTo(Path.of("/etc/server.p12"));
        assertThat(tls.keyStorePassword()).isEqualTo(new SecretReference.Variable("PASSWORD"));
    }

    @Test
    void load_ofWhatKmipClientsSee_hasItAll() throws Exception {
        KmipConfiguration kmip = load("""
            tokens:
              team:
                uri: empty:x
            serve:
              kmip:
                address: 0.0.0.0:5696
                key-store: server.p12
                key-store-password: ${env:PASSWORD}
                trust: ca.pem
                token: team
                path: off
                idle: 1m
                certificates: optional
                credentials: required
                client-name: common-name
                administrators: root
                public-objects: owner
                unowned-objects: administrators
                keep-destroyed: 48h
                lease-time: none
                unique-names: no
                groups:
                  backup:
                    readers: [bob, carol]
                    writers: alice
                users:
                  alice:
                    password: ${file:alice.password}
                    certificate: laptop
                    devices: [SN-1]
                  bob:
                    password-hash: pbkdf2-sha512,i=210000,AAAAAAAAAAAAAAAAAAAAAA==,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
                    one-time-key: ${env:KEY}
            """).serve().kmip().orElseThrow();

        assertThat(kmip.tls().address()).isEqualTo(new ServeConfiguration.Address("0.0.0.0", 5696));
        assertThat(kmip.token()).contains("team");
        assertThat(kmip.path()).isEmpty();
        assertThat(kmip.idle()).hasMinutes(1);
        assertThat(kmip.certificates()).isFalse();
        assertThat(kmip.credentials()).isTrue();
        assertThat(kmip.clientName()).isEqualTo(KmipConfiguration.ClientName.COMMON_NAME);
        assertThat(kmip.administrators()).containsExactly("root");
        assertThat(kmip.publicObjects()).isFalse();
        assertThat(kmip.unownedObjects()).isFalse();
        assertThat(kmip.keepDestroyed()).hasDays(2);
        assertThat(kmip.leaseTime()).isZero();
        assertThat(kmip.uniqueNames()).isFalse();
        assertThat(kmip.groups())
                .isEqualTo(Map.of("backup", new KmipConfiguration.Group(Set.of("bob", "carol"), Set.of("alice"))));
        assertThat(kmip.users().keySet()).containsExactlyInAnyOrder("alice", "bob");
        KmipConfiguration.User alice = Objects.requireNonNull(kmip.users().get("alice"));
        assertThat(alice.certificate()).contains("laptop");
        assertThat(alice.devices()).containsExactly("SN-1");
        KmipConfiguration.User bob = Objects.requireNonNull(kmip.users().get("bob"));
        assertThat(bob.password()).isInstanceOf(KmipConfiguration.Secret.Hashed.class);
        assertThat(bob.oneTimeKey()).contains(new SecretReference.Variable("KEY"));
    }

    @Test
    void load_ofKmipWithItsAddressAlone_takesCertificatesAndShowsPublicKeys() throws Exception {
        KmipConfiguration kmip = load("""
            serve:
              kmip:
                address: 0.0.0.0:5696
                key-store: server.p12
                key-store-password: ${env:PASSWORD}
                trust: ca.pem
            """).serve().kmip().orElseThrow();

        assertThat(kmip.path()).contains("/kmip");
        assertThat(kmip.certificates()).isTrue();
        assertThat(kmip.credentials()).isFalse();
        assertThat(kmip.publicObjects()).isTrue();
        assertThat(kmip.unownedObjects()).isTrue();
        assertThat(kmip.keepDestroyed()).hasDays(30);
        assertThat(kmip.leaseTime()).hasHours(1);
        assertThat(kmip.uniqueNames()).isTrue();
        assertThat(kmip.idle()).hasMinutes(5);
    }

    @Test
    void load_ofKmipUsersWithMistakes_tellsThem() {
        assertThatThrownBy(() -> load("""
            serve:
              kmip:
                address: 0.0.0.0:5696
                key-store: server.p12
                key-store-password: ${env:PASSWORD}
                trust: ca.pem
                credentials: often
                users:
                  alice:
                    password: secret
                  bob:
                    certificate: laptop
                  carol:
                    password-hash: hunter2
            """))
                .hasMessageContaining("often")
                .hasMessageContaining("serve.kmip.users.alice.password must not be written here")
                .hasMessageContaining("serve.kmip.users.bob has a password or a password-hash")
                .hasMessageContaining("serve.kmip.users.carol.password-hash is what")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("secret\n");
    }

    @Test
    void load_everyKey_isRead() throws Exception {
        Configuration configuration = load("""
            tokens:
              team:
                uri: empty:here
                token: Team A
                pin: ${file:pins/team}
                so-pin: ${env:SO_PIN}
                timeout: 1500ms
                pin-tries: 5
                kdf: "fast"
                password: ${file:pins/database}
              other:
                uri: empty:there
                token: pkcs11:serial=0815
                login: identity
                certificates: [chains, /etc/ca.pem]
            ssh:
              users: team
              user-label: ssh/{user}
              find-by: label
              cache-age: 10s
              cache-size: 5000
              outage: 10m
              host-keys: other
              host-key-label: host
              revocation: signed-request
              end-sessions: 10s
              server: {workers: 16, token-deadline: 1s, max-unauthenticated: 100, login-grace: 30s}
            """);
        assertThat(configuration.file()).contains(file);
        assertThat(configuration.tokens().keySet()).containsExactly("team", "other");
        assertThat(configuration.token("team"))
                .isEqualTo(new TokenConfiguration(
                        "team",
                        "empty:here",
                        Pkcs11Uri.ofToken("Team A"),
                        LoginMethod.PIN,
                        Optional.of(new SecretReference.SecretFile(directory.resolve("pins/team"))),
                        Optional.of(new SecretReference.Variable("SO_PIN")),
                        Duration.ofMillis(1500),
                        Map.of(
                                "pin-tries",
                                "5",
                                "kdf",
                                "fast",
                                "password",
                                "file:" + directory.resolve("pins/database")),
                        List.of()));
        assertThat(configuration.token("other").loginMethod()).isEqualTo(LoginMethod.IDENTITY);
        assertThat(configuration.token("other").certificates())
                .containsExactly(directory.resolve("chains"), Path.of("/etc/ca.pem"));
        assertThat(configuration.token("other").token()).isEqualTo(Pkcs11Uri.parse("pkcs11:serial=0815"));
        assertThat(configuration.ssh())
                .isEqualTo(new SshConfiguration(
                        Optional.of("team"),
                        "ssh/{user}",
                        SshConfiguration.FindBy.LABEL,
                        Optional.of("other"),
                        Optional.of("host"),
                        new SshConfiguration.Cache(Duration.ofSeconds(10), 5000, Duration.ofMinutes(10)),
                        new SshConfiguration.Logins(
                                SshConfiguration.Revocation.SIGNED_REQUEST, Optional.of(Duration.ofSeconds(10))),
                        new SshConfiguration.Limits(
                                Optional.of(16),
                                Optional.of(Duration.ofSeconds(1)),
                                Optional.of(100),
                                Optional.of(Duration.ofSeconds(30)))));
    }

    @Test
    void load_emptyFile_namesNothing() throws Exception {
        assertThat(load("").tokens()).isEmpty();
        assertThat(load("# nothing\n").tokens()).isEmpty();
        assertThat(load("tokens:\nssh:\n").ssh().userLabel()).isEqualTo("{user}");
        assertThat(load("ssh: {cache-age: none, outage: refuse, find-by: key}")
                        .ssh()
                        .cache())
                .isEqualTo(SshConfiguration.Cache.NONE);
    }

    @Test
    void openModule_settings_reachTheBackend() throws Exception {
        Configuration configuration = load("tokens: {team: {uri: 'empty:', timeout: 7s, kdf: slow}}");
        try (TokenModule module = configuration.token("team").openModule()) {
            assertThat(module.info().description()).isEqualTo("{kdf=slow}");
            assertThat(module.info().manufacturer()).isEqualTo("PT7S");
        }
    }

    @Test
    void open_moduleWithoutToken_isNotFound() throws Exception {
        Configuration configuration = load("tokens: {team: {uri: 'empty:'}}");
        assertThatThrownBy(() -> configuration.token("team").open().close())
                .isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void token_unknownName_hasTheNearest() throws Exception {
        Configuration configuration = load("tokens: {team: {uri: 'empty:'}}");
        assertThatThrownBy(() -> configuration.token("taem"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + " names no token 'taem'; did you mean 'team'?");
        assertThatThrownBy(() -> configuration.token("xyz")).hasMessage(file + " names no token 'xyz'; it names team");
        assertThatThrownBy(() -> Configuration.empty().token("x"))
                .hasMessage("there is no configuration file, so no token is named 'x'");
    }

    @Test
    void load_sensitiveAndWritableByOthers_isRefused() throws Exception {
        for (String permissions : new String[] {"rw-rw-r--", "rw----rw-"}) {
            for (String content : new String[] {
                "tokens: {t: {uri: 'empty:', pin: '${env:X}'}}",
                "tokens: {t: {uri: 'empty:exec:command=p11-kit'}}",
                "tokens: {t: {uri: 'empty:', verify-key: '00'}}",
                "{tokens: {t: {uri: 'empty:'}}, ssh: {users: t}}"
            }) {
                Files.writeString(file, content);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
                assertThatExceptionOfType(ConfigurationException.class)
                        .isThrownBy(() -> Configuration.load(file))
                        .withMessage(
                                file + " refers to secrets, runs commands or says whose keys are trusted, and may be"
                                        + " written by others than its owner; take that away with: chmod go-w " + file);
            }
        }
    }

    @Test
    void load_harmlessAndWritableByOthers_isRead() throws Exception {
        Files.writeString(file, "tokens: {t: {uri: 'empty:'}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(Configuration.load(file).tokens()).containsKey("t");
    }

    @Test
    void load_missingLargeOrBinary_saysSo() throws Exception {
        assertThatThrownBy(() -> Configuration.load(file))
                .hasMessage("the configuration file " + file + " cannot be read: there is no such file");
        assertThatThrownBy(() -> load("#".repeat(Configuration.MAX_FILE_BYTES + 1)))
                .hasMessage("the configuration file " + file + " has more than 262144 bytes");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> Configuration.load(file))
                .hasMessage("the configuration file " + file + " is not UTF-8");
    }

    @Test
    void find_places_inTheirOrder() throws Exception {
        Path byProperty = write("property.yaml", "p");
        Path byVariable = write("variable.yaml", "v");
        Path own = write("config/symbolon/symbolon.yaml", "x");
        Path home = write("home/.config/symbolon/symbolon.yaml", "h");
        String config = directory.resolve("config").toString();
        String homeDirectory = directory.resolve("home").toString();

        assertThat(found(
                        Map.of("SYMBOLON_CONFIG", byVariable.toString()),
                        Map.of("symbolon.config", byProperty.toString())))
                .contains(byProperty);
        assertThat(found(Map.of("SYMBOLON_CONFIG", byVariable.toString(), "XDG_CONFIG_HOME", config), Map.of()))
                .contains(byVariable);
        assertThat(found(Map.of("XDG_CONFIG_HOME", config), Map.of("user.home", homeDirectory)))
                .contains(own);
        assertThat(found(Map.of("XDG_CONFIG_HOME", "relative"), Map.of("user.home", homeDirectory)))
                .contains(home);
        assertThat(found(Map.of(), Map.of("user.home", directory.toString()))).isEmpty();
        assertThatThrownBy(() -> found(Map.of("SYMBOLON_CONFIG", directory + "/none"), Map.of()))
                .hasMessage("the configuration file " + directory + "/none cannot be read: there is no such file");
    }

    private static Optional<Path> found(Map<String, String> variables, Map<String, String> properties)
            throws ConfigurationException {
        return Configuration.find(new Environment(variables::get, properties::get))
                .file();
    }

    private Path write(String name, String token) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, "tokens: {" + token + ": {uri: 'empty:'}}");
    }
}

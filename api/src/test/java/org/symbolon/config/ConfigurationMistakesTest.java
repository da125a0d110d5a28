package org.symbolon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The message of each mistake, whole. */
class ConfigurationMistakesTest {
    @TempDir
    private Path directory;

    private void assertMistakes(String yaml, String... messages) throws IOException {
        Path file = directory.resolve("symbolon.yaml");
        Files.writeString(file, yaml);
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, () -> Configuration.load(file));
        assertThat(e).as(yaml).isNotNull();
        assertThat(e.getMessage().replace(directory + "/", "").lines().toList()).isEqualTo(Arrays.asList(messages));
    }

    @Test
    void unknownKey_nearestIsNamed() throws Exception {
        assertMistakes("""
            tokens:
              team:
                uri: empty:here
                tokn: Team
            """, "symbolon.yaml:4:5: unknown key 'tokn' in tokens.team; did you mean 'token'?");
        assertMistakes(
                "tokens: {team: {uri: 'empty:', pin-trys: 3}}",
                "symbolon.yaml:1:32: unknown key 'pin-trys' in tokens.team; did you mean 'pin-tries'?");
        assertMistakes("token:\n", "symbolon.yaml:1:1: unknown key 'token'; did you mean 'tokens'?");
        assertMistakes(
                "ssh: {zzz: 1}",
                "symbolon.yaml:1:7: unknown key 'zzz' in ssh; there are users, user-label, find-by, cache-age,"
                        + " cache-size, outage, host-keys, host-key-label, x509, revocation, end-sessions, server,"
                        + " self-service");
    }

    @Test
    void agent_withMistakes_namesThem() throws Exception {
        assertMistakes(
                "agent: {tokens: nobody, confirm: perhaps, keys: {ca: {purposes: hosts, hosts: example.com}}}",
                "symbolon.yaml:1:17: unknown token 'nobody' in agent.tokens; there is none",
                "symbolon.yaml:1:34: agent.confirm is true or false, not perhaps",
                "symbolon.yaml:1:65: unknown purpose 'hosts' in agent.keys.ca.purposes; did you mean 'host'?",
                "symbolon.yaml:1:79: agent.keys.ca.hosts has fingerprints, SHA256: and 43 characters, as ssh-keygen -l"
                        + " shows the key of a host; not example.com");
    }

    @Test
    void serve_withMistakes_namesThem() throws Exception {
        assertMistakes(
                "serve: {tokens: [nobody], max-clients: 0}",
                "symbolon.yaml:1:18: unknown token 'nobody' in serve.tokens; there is none",
                "symbolon.yaml:1:40: serve.max-clients is a number from 1 to 65536, not 0");
        assertMistakes(
                """
                serve:
                  tls:
                    address: 7777
                    key-store: a
                    key-store-password: hidden
                """,
                "symbolon.yaml:3:5: serve.tls has no trust; it wants address, key-store, key-store-password, trust",
                "symbolon.yaml:3:14: serve.tls.address is HOST:PORT, not 7777",
                "symbolon.yaml:5:25: serve.tls.key-store-password must not be written here; refer to it:"
                        + " key-store-password: ${file:/run/secrets/NAME} or ${env:NAME}");
    }

    @Test
    void serve_withListsOfFilesThatAreOne_namesThem() throws Exception {
        assertMistakes(
                """
                serve:
                  tls:
                    address: localhost:7777
                    key-store: [a.p12, b.p12]
                    key-store-password: ${env:X}
                    trust: []
                    revoked: [a.crl, b.crl]
                """,
                "symbolon.yaml:4:5: serve.tls.key-store is one file, not 2",
                "symbolon.yaml:6:5: serve.tls.trust is one file, not 0",
                "symbolon.yaml:7:5: serve.tls.revoked is one file, not 2");
    }

    @Test
    void severalMistakes_areToldAtOnce() throws Exception {
        assertMistakes(
                """
                tokns: {}
                tokens:
                  team:
                    timeout: soon
                """,
                "symbolon.yaml:1:1: unknown key 'tokns'; did you mean 'tokens'?",
                "symbolon.yaml:4:5: tokens.team has no uri, such as uri: soft:sqlite:/var/lib/team.db",
                "symbolon.yaml:4:14: tokens.team.timeout: a time is a number and ms, s, m or h, such as 10s, and more"
                        + " than zero");
    }

    @Test
    void wrongKinds_areNamed() throws Exception {
        assertMistakes("- a\n", "symbolon.yaml:1:1: the file has keys and values (key: value), not a list");
        assertMistakes("tokens: 5\n", "symbolon.yaml:1:9: tokens has keys and values (key: value), not a value");
        assertMistakes("tokens: {team: {uri: [a]}}", "symbolon.yaml:1:17: tokens.team.uri is one value, not a list");
        assertMistakes(
                "tokens: {team: {uri: 'empty:', token: }}",
                "symbolon.yaml:1:32: tokens.team.token is one value, not nothing");
    }

    @Test
    void wrongValues_areNamed() throws Exception {
        assertMistakes(
                "tokens: {team: {uri: nothing}}",
                "symbolon.yaml:1:22: tokens.team.uri: a module's URI is scheme:rest, such as soft:sqlite:team.db or"
                        + " kmip://host:5696, not nothing");
        assertMistakes(
                "tokens: {team: {uri: 'emty:'}}",
                "symbolon.yaml:1:22: unknown scheme 'emty' of tokens.team.uri; did you mean 'empty'?");
        assertMistakes(
                "tokens: {team: {uri: 'empty:', login: pn}}",
                "symbolon.yaml:1:39: unknown value 'pn' of tokens.team.login; did you mean 'pin'?");
        assertMistakes(
                "tokens: {team: {uri: 'empty:', login: pin}}",
                "symbolon.yaml:1:16: tokens.team logs in with a pin and has none; add pin: ${file:PATH}");
        assertMistakes(
                "tokens: {team: {uri: 'empty:'}}\nssh: {users: taem, user-label: all}",
                "symbolon.yaml:2:14: unknown token 'taem' in ssh.users; did you mean 'team'?",
                "symbolon.yaml:2:32: ssh.user-label has {user} once, where the user's name goes");
        assertMistakes(
                "ssh: {cache-age: 2h, cache-size: 0, outage: forever}",
                "symbolon.yaml:1:18: ssh.cache-age is none or a time of at most 1h, not 2h",
                "symbolon.yaml:1:34: ssh.cache-size is a number from 1 to 10000000, not 0",
                "symbolon.yaml:1:45: ssh.outage: a time is a number and ms, s, m or h, such as 10s, and more than"
                        + " zero");
        assertMistakes(
                "ssh: {revocation: never, end-sessions: 25h, server: {workers: 1}}",
                "symbolon.yaml:1:19: unknown value 'never' of ssh.revocation; there are probe, signed-request",
                "symbolon.yaml:1:40: ssh.end-sessions is above zero and at most 86400s, not 25h",
                "symbolon.yaml:1:63: ssh.server.workers is a number from 2 to 1024, not 1");
        assertMistakes(
                "ssh: {outage: 10m}",
                "symbolon.yaml:1:15: ssh.outage serves keys that are remembered, and none are; set ssh.cache-age");
        assertMistakes(
                "tokens: {'a b': {uri: 'empty:'}}",
                "symbolon.yaml:1:17: a token's name is letters, digits, '_', '.' and '-', not 'a b'");
    }

    @Test
    void pinWrittenOut_isRefusedAndNotRepeated() throws Exception {
        assertMistakes(
                "tokens: {team: {uri: 'empty:', pin: canary}}",
                "symbolon.yaml:1:37: tokens.team.pin must not be written here; refer to it: pin:"
                        + " ${file:/run/secrets/NAME} or ${env:NAME}");
        assertMistakes(
                "tokens: {team: {uri: 'empty:', so-pin: '${canary}'}}",
                "symbolon.yaml:1:40: tokens.team.so-pin: a reference to a secret is env:NAME or file:PATH");
        assertMistakes(
                "tokens: {team: {uri: 'empty:', kdf: '${env:X}'}}",
                "symbolon.yaml:1:37: tokens.team.kdf is no secret; references may stand at pin, so-pin and"
                        + " secrets of the backend only");
        assertMistakes(
                "tokens: {team: {uri: 'empty:', password: canary}}",
                "symbolon.yaml:1:42: tokens.team.password must not be written here; refer to it: password:"
                        + " ${file:/run/secrets/NAME} or ${env:NAME}");
    }

    @Test
    void brokenYaml_isShownWithoutExcerpts() throws Exception {
        assertMistakes(
                "tokens:\n  pin: canary: x\n",
                "symbolon.yaml:2:14: this is not YAML: mapping values are not allowed here");
        assertMistakes(
                "a: 1\na: 2\n",
                "symbolon.yaml:2:1: key 'a' is here a second time; the first is in line 1",
                "symbolon.yaml:1:1: unknown key 'a'; there are tokens, ssh, agent, serve");
        assertMistakes("ssh:\n---\nssh:\n", "symbolon.yaml:3:1: a second YAML document begins here; one is allowed");
    }

    @Test
    void whatMakesFilesExplode_isRefused() throws Exception {
        assertMistakes(
                "tokens: &t {}\nssh: *t\n",
                "symbolon.yaml:1:9: anchors and aliases (&, *) are not allowed; write the value again",
                "symbolon.yaml:2:6: anchors and aliases (&, *) are not allowed; write the value again",
                "symbolon.yaml:2:6: ssh has keys and values (key: value), not a value");
        assertMistakes("tokens: !!java.net.URL {}\n", "symbolon.yaml:1:9: tags (!) are not allowed");
        assertMistakes(
                "ssh: {users: " + "[".repeat(20) + "]".repeat(20) + "}",
                "symbolon.yaml:1:29: nested more than 16 deep",
                "symbolon.yaml:1:7: ssh.users is one value, not a list");
    }
}

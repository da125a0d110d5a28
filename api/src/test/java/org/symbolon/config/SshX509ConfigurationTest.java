package org.symbolon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.config.SshX509Configuration.Name;
import org.symbolon.config.SshX509Configuration.Rule;

class SshX509ConfigurationTest {
    @TempDir
    private Path directory;

    @Test
    void load_everything_isRead() throws Exception {
        Configuration configuration = load("""
            tokens:
              cas: {uri: 'empty:'}
            ssh:
              x509:
                anchors: cas
                anchor-label: ssh ca
                anchor-files: [ca.pem, /etc/ssh/ca.pem]
                crl-files: ca.crl
                upn: '{user}@example.com'
                email: ['{user}@example.com', '{user}@example.org']
                subject: CN={user},O=Example
                common-name: '([a-z]+) \\(card\\)'
                purposes: tls
                revocation: soft-fail
                fetch: no
                fetch-hosts: [pki.example.com]
                responder: http://ocsp.example.com/
                timeout: 500ms
                ocsp-cache: 30s
                crl-cache: 1h
            """);

        assertThat(configuration.sshX509())
                .contains(new SshX509Configuration(
                        Optional.of("cas"),
                        Optional.of("ssh ca"),
                        List.of(directory.resolve("ca.pem"), Path.of("/etc/ssh/ca.pem")),
                        List.of(directory.resolve("ca.crl")),
                        configuration.sshX509().orElseThrow().rules(),
                        SshX509Configuration.Purposes.TLS,
                        new SshX509Configuration.Revocation(
                                SshX509Configuration.Mode.SOFT_FAIL,
                                false,
                                List.of("pki.example.com"),
                                Optional.of(URI.create("http://ocsp.example.com/")),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(30),
                                Duration.ofHours(1))));
        assertThat(configuration.sshX509().orElseThrow().rules())
                .containsExactlyInAnyOrder(
                        new Rule(Name.UPN, "{user}@example.com"),
                        new Rule(Name.EMAIL, "{user}@example.com"),
                        new Rule(Name.EMAIL, "{user}@example.org"),
                        new Rule(Name.SUBJECT, "CN={user},O=Example"),
                        new Rule(Name.COMMON_NAME, "([a-z]+) \\(card\\)"));
    }

    @Test
    void load_leastOfIt_asksAndRefusesWhatIsNotKnown() throws Exception {
        SshX509Configuration x509 =
                load("ssh: {x509: {anchor-files: ca.pem}}").sshX509().orElseThrow();

        assertThat(x509.revocation()).isEqualTo(SshX509Configuration.Revocation.ofDefaults());
        assertThat(x509.revocation().mode()).isEqualTo(SshX509Configuration.Mode.HARD_FAIL);
        assertThat(x509.purposes()).isEqualTo(SshX509Configuration.Purposes.SSH);
        assertThat(load("ssh: {users: a}\ntokens: {a: {uri: 'empty:'}}").sshX509())
                .isEmpty();
    }

    @Test
    void load_mistakes_areNamed() {
        assertMistake("{upn: '{user}@x'}", "ssh.x509 trusts nobody; set anchors to a token or anchor-files to files");
        assertMistake("{anchors: ca}", "unknown token 'ca' in ssh.x509.anchors");
        assertMistake("{anchor-files: a, email: a@x}", "ssh.x509.email has {user} once, where the user's name goes");
        assertMistake(
                "{anchor-files: a, common-name: '('}", "ssh.x509.common-name is a regular expression with one group");
        assertMistake("{anchor-files: a, responder: 'ldap://x/'}", "ssh.x509.responder is an address http://host...");
        assertMistake("{anchor-files: a, timeout: 2m}", "ssh.x509.timeout is above zero and at most 60s, not 2m");
        assertMistake("{anchor-files: a, revocation: maybe}", "unknown value 'maybe' of ssh.x509.revocation");
        assertMistake("{anchor-files: a, crls: b}", "unknown key 'crls' in ssh.x509");
    }

    private void assertMistake(String section, String message) {
        assertThatThrownBy(() -> load("ssh: {x509: " + section + "}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    private Configuration load(String text) throws Exception {
        Path file = directory.resolve("symbolon.yaml");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Configuration.load(file);
    }
}

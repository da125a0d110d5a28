package org.symbolon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.ssh.AuthorizedKeysLine.Option;

class AuthorizedKeysLineTest {
    private static final String KEY =
            KeyFiles.text("openssh-ed25519.pub").strip().replace(" alice@example ed25519", "");

    @Test
    void parse_keyAlone_hasNeitherOptionsNorComment() throws SshFormatException {
        AuthorizedKeysLine line = AuthorizedKeysLine.parse(KEY);

        assertThat(line.hasOptions()).isFalse();
        assertThat(line.comment()).isEmpty();
        assertThat(line.key()).isEqualTo(KeyFiles.open("openssh-ed25519.pub"));
        assertThat(line.toLine()).isEqualTo(KEY);
    }

    @Test
    void parse_optionsAndComment_keepsThem() throws SshFormatException {
        String text =
                "from=\"10.0.0.0/8,!10.1.1.1\",No-PTY,command=\"echo \\\"a b\\\" \\n # x\" " + KEY + "  alice at home ";

        AuthorizedKeysLine line = AuthorizedKeysLine.parse("\t" + text);

        assertThat(line.options())
                .containsExactly(
                        new Option("from", "10.0.0.0/8,!10.1.1.1"),
                        new Option("no-pty", null),
                        new Option("command", "echo \"a b\" \\n # x"));
        assertThat(line.comment()).isEqualTo("alice at home");
        assertThat(AuthorizedKeysLine.parse(line.toLine())).isEqualTo(line);
    }

    @Test
    void toLine_anyOptionValue_isReadBack() throws SshFormatException {
        SshPublicKey key = KeyFiles.open("openssh-rsa.pub");
        for (String value : List.of("", "a", "\"", "a\"b", "\\a", "a,b c=d", "#", "ä\t€")) {
            AuthorizedKeysLine line = new AuthorizedKeysLine(List.of(new Option("command", value)), key, "c");
            assertThat(AuthorizedKeysLine.parse(line.toLine())).isEqualTo(line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# comment", "\t#"})
    void isBlank_linesWithoutKey_isTrueAndParseRefuses(String line) {
        assertThat(AuthorizedKeysLine.isBlank(line)).isTrue();
        assertThatThrownBy(() -> AuthorizedKeysLine.parse(line)).hasMessageContaining("it has no key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "command=\"x KEY|the quotes of the option command do not end",
                "command=x KEY|the value of the option command is not in quotes",
                "no-pty, KEY|an option's name or a key type is missing",
                "no-pty;x KEY|neither a comma nor a space follows the option no-pty",
                "no-pty|key type is missing",
                "ssh-ed25519|key is missing",
                "ssh-ed25519 AAAA|type needs 4 bytes",
                "ssh-rsa BLOB|it says ssh-rsa, but the key is ssh-ed25519",
                "ssh-dss BLOB|DSA keys",
                "ssh-ed448 BLOB|\"ssh-ed448\" is not supported",
                "ssh-ed25519-cert-v01@openssh.com BLOB|is a certificate",
                "ssh-ed25519 A*AA|not base64",
            })
    void parse_malformedLine_saysWhat(String template, String message) {
        String blob = KEY.substring(KEY.indexOf(' ') + 1);
        String line = template.replace("KEY", KEY).replace("BLOB", blob);

        assertThatThrownBy(() -> AuthorizedKeysLine.parse(line))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void parse_controlCharactersAndEndlessLines_isRefused() {
        for (String bad : List.of("\0", "\n", "\r", "\u001b", "\u0085", "\u2029")) {
            assertThatThrownBy(() -> AuthorizedKeysLine.parse(KEY + " a" + bad + "b"))
                    .hasMessageContaining("control character");
        }
        assertThatThrownBy(() -> AuthorizedKeysLine.parse("x".repeat(AuthorizedKeysLine.MAX_LINE_CHARS + 1)))
                .hasMessageContaining("more than 131072 characters");
    }

    @Test
    void option_nameOrValueThatBreaksALine_isRefused() {
        assertThatThrownBy(() -> new Option("no pty", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Option("", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Option("command", "a\nb")).isInstanceOf(IllegalArgumentException.class);
    }
}

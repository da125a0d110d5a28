package org.symbolon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                question -> Optional.empty(),
                false,
                false);
        return Main.run(terminal, args);
    }

    @Test
    void demo_temporaryToken_logsInAndIsRefusedAfterRemoval() {
        assertThat(run("demo")).as(out + "\n" + err).isZero();
        assertThat(out.toString(UTF_8).lines())
                .allMatch(line -> line.startsWith("✓") || line.startsWith("- OpenSSH login skipped"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  token \"Demo\" is open: soft:sqlite:.*"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  Java login, .* whoami says alice"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  OpenSSH login with ed25519; whoami says alice")
                        || line.startsWith("- OpenSSH login skipped"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  the next Java login is refused"));
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void demo_memoryTokenAsJson_isOneDocument() {
        assertThat(run("demo", "--token", "soft:memory", "--json"))
                .as(out + "\n" + err)
                .isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("{\n  \"ok\" : true,\n")
                .contains("\"step\" : \"Java login\"", "\"hostKey\" : \"ssh-ed25519 ");
    }

    @Test
    void demo_throughAKmipServer_isRefusedAfterAKmipClientDestroyedTheKeys() {
        assertThat(run("demo", "--kmip")).as(out + "\n" + err).isZero();
        assertThat(out.toString(UTF_8).lines())
                .allMatch(line -> line.startsWith("✓") || line.startsWith("- OpenSSH login skipped"))
                .anyMatch(
                        line -> line.matches("✓ +[0-9]+ ms  a KMIP server over a new soft token listens on kmip://.*"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  token \"demo\" is open: kmip://127.0.0.1:[0-9]+"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  Java login, .* whoami says alice"))
                .anyMatch(
                        line -> line.matches("✓ +[0-9]+ ms  a KMIP client destroyed the [14] public keys of alice .*"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  the next Java login is refused"));
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void demo_throughAKmipServerAndOnAnotherToken_isAMisunderstanding() {
        assertThat(run("demo", "--kmip", "--token", "soft:memory")).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString(UTF_8)).contains("--kmip starts a KMIP server of its own");
    }

    @Test
    void demo_moduleThatCannotBeOpened_failsAtTheFirstStep() {
        assertThat(run("demo", "--token", "soft:nothing")).isEqualTo(ExitCode.USAGE.code());
        assertThat(out.toString(UTF_8)).matches("(?s)✗ +[0-9]+ ms  token: .*");
    }
}

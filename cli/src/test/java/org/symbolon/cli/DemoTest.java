package org.symbolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoTest {
    private final Commands commands = new Commands();

    @Test
    void demo_temporaryToken_logsInAndIsRefusedAfterRemoval() {
        assertThat(commands.run("demo"))
                .as(commands.out() + "\n" + commands.err())
                .isZero();
        assertThat(commands.out().lines())
                .allMatch(line -> line.startsWith("✓") || line.startsWith("- OpenSSH login skipped"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  token \"Demo\" is open: soft:sqlite:.*"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  Java login, .* whoami says alice"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  OpenSSH login with ed25519; whoami says alice")
                        || line.startsWith("- OpenSSH login skipped"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  the next Java login is refused"));
        assertThat(commands.err()).isEmpty();
    }

    @Test
    void demo_memoryTokenAsJson_isOneDocument() {
        assertThat(commands.run("demo", "--token", "soft:memory", "--json"))
                .as(commands.out() + "\n" + commands.err())
                .isZero();
        assertThat(commands.out())
                .startsWith("{\n  \"ok\" : true,\n")
                .contains("\"step\" : \"Java login\"", "\"hostKey\" : \"ssh-ed25519 ");
    }

    @Test
    void demo_throughAKmipServer_isRefusedAfterAKmipClientDestroyedTheKeys() {
        assertThat(commands.run("demo", "--kmip"))
                .as(commands.out() + "\n" + commands.err())
                .isZero();
        assertThat(commands.out().lines())
                .allMatch(line -> line.startsWith("✓") || line.startsWith("- OpenSSH login skipped"))
                .anyMatch(
                        line -> line.matches("✓ +[0-9]+ ms  a KMIP server over a new soft token listens on kmip://.*"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  token \"demo\" is open: kmip://127.0.0.1:[0-9]+"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  Java login, .* whoami says alice"))
                .anyMatch(
                        line -> line.matches("✓ +[0-9]+ ms  a KMIP client destroyed the [14] public keys of alice .*"))
                .anyMatch(line -> line.matches("✓ +[0-9]+ ms  the next Java login is refused"));
        assertThat(commands.err()).isEmpty();
    }

    @Test
    void demo_throughAKmipServerAndOnAnotherToken_isAMisunderstanding() {
        assertThat(commands.run("demo", "--kmip", "--token", "soft:memory")).isEqualTo(ExitCode.USAGE.code());
        assertThat(commands.err()).contains("--kmip starts a KMIP server of its own");
    }

    @Test
    void demo_moduleThatCannotBeOpened_failsAtTheFirstStep() {
        assertThat(commands.run("demo", "--token", "soft:nothing")).isEqualTo(ExitCode.USAGE.code());
        assertThat(commands.out()).matches("(?s)✗ +[0-9]+ ms  token: .*");
    }
}

package org.symbolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {
    private static Terminal silent() {
        return new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                question -> Optional.empty(),
                false,
                false);
    }

    private static List<CommandLine> leaves(Collection<CommandLine> commands) {
        List<CommandLine> leaves = new ArrayList<>();
        for (CommandLine command : commands) {
            leaves.addAll(
                    command.getSubcommands().isEmpty()
                            ? List.of(command)
                            : leaves(command.getSubcommands().values()));
        }
        return leaves;
    }

    @Test
    void help_everyCommand_hasAnExampleThatParses() {
        List<CommandLine> commands = leaves(List.of(new CommandLine(new Symbolon(silent()))));
        assertThat(commands).hasSizeGreaterThan(14);
        for (CommandLine command : commands) {
            String name = command.getCommandSpec().qualifiedName();
            List<String> examples = command.getUsageMessage()
                    .lines()
                    .filter(line -> line.startsWith("  " + name + " ") || line.equals("  " + name))
                    .toList();
            assertThat(examples).as("examples of " + name).isNotEmpty();
            for (String example : examples) {
                String[] words = example.replaceAll(" [>|].*", "").strip().split(" ", -1);
                CommandLine fresh = new CommandLine(new Symbolon(silent()));
                fresh.parseArgs(java.util.Arrays.copyOfRange(words, 1, words.length));
            }
        }
    }

    @Test
    void help_everyCommand_isPrintedWithoutWhatTheCommandWants() {
        Commands commands = new Commands();
        for (CommandLine command : leaves(List.of(new CommandLine(new Symbolon(silent()))))) {
            String name = command.getCommandSpec().qualifiedName().substring("symbolon ".length());
            assertThat(commands.run((name + " --help").split(" ")))
                    .as(name + ": " + commands.err())
                    .isZero();
            assertThat(commands.out()).contains("Usage: symbolon " + name);
        }
    }

    @Test
    void help_everyCommand_describesItself() {
        for (CommandLine command : leaves(List.of(new CommandLine(new Symbolon(silent()))))) {
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(command.getCommandSpec().qualifiedName())
                    .isNotEmpty();
        }
    }
}

package org.symbolon.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
        name = "symbolon",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        version = "symbolon 0.1.0",
        description = "Uses and administers keys that live in tokens.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            CheckCommand.class,
            SlotsCommand.class,
            MechanismsCommand.class,
            TokenCommand.class,
            PinCommand.class,
            ObjectCommand.class,
            KeyCommand.class,
            AuthorizedKeyCommand.class,
            AuthorizedKeysCommand.class,
            AuthorizedPrincipalsCommand.class,
            SshCaCommand.class,
            AgentCommand.class,
            SshKeysCommand.class,
            ServeCommand.class,
            PasswordHashCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the token refused or failed",
            "2:the command line or the configuration is wrong",
            "3:no such token or object, or several where one is wanted",
            "4:wrong or locked PIN",
            "5:the token cannot be reached, or does not answer in time",
            "6:a file that was given is not what it should be",
            "70:a bug in Symbolon"
        },
        footer = {
            "",
            "Examples:",
            "  symbolon demo",
            "  symbolon token init --token soft:sqlite:team.db --label Team",
            "  symbolon key generate --token soft:sqlite:team.db --label deploy",
            "  symbolon COMMAND --help"
        })
final class Symbolon implements Runnable {
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "The configuration file (default: $$SYMBOLON_CONFIG, then" + " ~/.config/symbolon/symbolon.yaml).")
    private @Nullable Path config;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON document; errors too, to standard error.")
    private boolean json;

    Symbolon(Terminal terminal) {
        this.terminal = terminal;
    }

    static Symbolon of(CommandSpec spec) {
        return (Symbolon) spec.root().userObject();
    }

    Terminal terminal() {
        return terminal;
    }

    boolean json() {
        return json;
    }

    Configuration configuration() throws ConfigurationException {
        return config == null ? Configuration.find() : Configuration.load(config);
    }

    /** Prints what a command found out: the document with {@code --json}, else the lines. */
    void print(Object document, Iterable<String> lines) {
        if (json) {
            Json.print(document, terminal.out());
        } else {
            lines.forEach(terminal.out()::println);
        }
    }

    /** Prints something for the person at the terminal that is no result. */
    void remark(String text) {
        if (!json) {
            terminal.err().println(text);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(java.util.Objects.requireNonNull(spec).commandLine(), "a command is missing");
    }
}

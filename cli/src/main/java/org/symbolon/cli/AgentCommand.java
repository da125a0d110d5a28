package org.symbolon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.config.AgentConfiguration;
import org.symbolon.config.AgentPurpose;
import org.symbolon.config.Configuration;
import org.symbolon.config.Durations;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.agent.TokenSshAgent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon agent}. */
@Command(
        name = "agent",
        description = {
            "An ssh-agent whose keys stay in tokens: for ssh, sshd's HostKeyAgent, ssh-keygen and git.",
            "Runs until it is ended, or runs a command and ends with it. Keys log in and sign files unless"
                    + " --purpose or the configuration says something else."
        },
        footer = {
            "",
            "Examples:",
            "  symbolon agent --token team -- ssh alice@host",
            "  symbolon agent --token team --socket /run/user/1000/symbolon-agent.sock",
            "  SSH_AUTH_SOCK=/run/user/1000/symbolon-agent.sock ssh-add -s ops"
        })
final class AgentCommand implements Callable<Integer> {
    /** What slf4j-simple reads when the first line is written; who has set it, wins. */
    private static final String AUDIT_LEVEL = "org.slf4j.simpleLogger.log.org.symbolon.audit";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-t", "--token"},
            paramLabel = "TOKEN",
            description = "A token whose keys the agent has: a name from the configuration or a module's URI; may be"
                    + " repeated (default: the configuration's agent.tokens; others are opened by ssh-add -s NAME).")
    private List<String> tokens = new ArrayList<>();

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Where it listens (default: the configuration's, else a new folder that only you may enter).")
    private @Nullable Path socket;

    @Option(
            names = "--purpose",
            paramLabel = "WORD",
            description =
                    "What keys may sign that the configuration does not name: login, host, ca, signature or other;"
                            + " may be repeated (default: login and signature).")
    private List<String> purposes = new ArrayList<>();

    @Option(
            names = "--lifetime",
            paramLabel = "TIME",
            description = "How long what clients add stays, such as 8h, where ssh-add -t does not say it.")
    private @Nullable String lifetime;

    @Option(names = "--confirm", description = "Ask before each use of a key, by the askpass program.")
    private boolean confirm;

    @Option(
            names = "--askpass",
            paramLabel = "PROGRAM",
            description = "What asks (default: the configuration's, else /usr/bin/ssh-askpass).")
    private @Nullable Path askpass;

    @Option(names = "--add-keys", description = "Take private keys from ssh-add FILE, in memory.")
    private boolean addKeys;

    @Option(
            names = "--print-env",
            description = "Print SSH_AUTH_SOCK for a shell to evaluate also where a command is run.")
    private boolean printEnvironment;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "What to run with the agent, after --.")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        if (command.isEmpty()) { // else standard error is the command's
            System.setProperty(AUDIT_LEVEL, System.getProperty(AUDIT_LEVEL, "info"));
        }
        Configuration configuration = root.configuration();
        AgentConfiguration settings = given(configuration.agent());
        List<TokenConfiguration> chosen = new ArrayList<>();
        for (String name : tokens.isEmpty() ? settings.tokens() : tokens) {
            chosen.add(TokenOptions.named(name).choose(configuration));
        }
        Optional<Path> folder = settings.socket().isPresent() ? Optional.empty() : Optional.of(newFolder());
        Path path = settings.socket().orElseGet(() -> folder.orElseThrow().resolve("agent.sock"));
        try (ServedAgent agent = ServedAgent.start(
                each -> login.openLive(root, each),
                settings,
                defaultPurposes(),
                path.toAbsolutePath(),
                configuration,
                chosen)) {
            Thread atEnd = new Thread(() -> end(agent, folder), "symbolon-agent-end");
            Runtime.getRuntime().addShutdownHook(atEnd);
            if (command.isEmpty() || printEnvironment) {
                tell(root, agent.agent());
            }
            if (!command.isEmpty()) {
                return run(agent.agent().socket());
            }
            agent.agent().await();
            return ExitCode.OK.code();
        } finally {
            deleteFolder(folder);
        }
    }

    /** Returns the configuration with what the command line says in its place. */
    private AgentConfiguration given(AgentConfiguration configured) {
        return new AgentConfiguration(
                socket == null ? configured.socket() : Optional.of(socket),
                configured.tokens(),
                configured.smartcards(),
                configured.users(),
                configured.certificates(),
                configured.addKeys() || addKeys,
                askpass == null ? configured.askpass() : Optional.of(askpass),
                configured.confirm() || confirm,
                lifetime == null ? configured.lifetime() : Optional.of(time(lifetime)),
                configured.idle(),
                configured.maxClients(),
                configured.keys());
    }

    private static Duration time(String text) {
        return Durations.parse(text);
    }

    private List<AgentPurpose> defaultPurposes() throws CommandFailure {
        List<AgentPurpose> found = new ArrayList<>();
        for (String word : purposes) {
            found.add(AgentPurpose.byWord(word)
                    .orElseThrow(() -> CommandFailure.usage("--purpose is one of "
                            + Arrays.stream(AgentPurpose.values())
                                    .map(AgentPurpose::word)
                                    .toList()
                            + ", not " + word)));
        }
        return found;
    }

    private void tell(Symbolon root, TokenSshAgent agent) {
        List<Object> keys = agent.identities().stream()
                .map(key -> (Object) Document.with("comment", key.comment())
                        .maybe("fingerprint", key.key().map(SshPublicKey::fingerprint))
                        .fields())
                .toList();
        root.print(
                Document.with("socket", agent.socket().toString())
                        .and("keys", keys)
                        .fields(),
                List.of("SSH_AUTH_SOCK='" + agent.socket().toString().replace("'", "'\\''")
                        + "'; export SSH_AUTH_SOCK;"));
        root.terminal().out().flush();
        root.remark(agent.identities().size() + " keys and certificates");
    }

    private int run(Path path) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("SSH_AUTH_SOCK", path.toString());
        return builder.start().waitFor();
    }

    private static Path newFolder() throws IOException {
        return Files.createTempDirectory(
                "symbolon-agent-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void end(ServedAgent agent, Optional<Path> folder) {
        agent.close();
        deleteFolder(folder);
    }

    private static void deleteFolder(Optional<Path> folder) {
        folder.ifPresent(path -> path.toFile().delete());
    }
}

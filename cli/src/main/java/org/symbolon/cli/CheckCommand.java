package org.symbolon.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.ObjectQuery;
import org.symbolon.Role;
import org.symbolon.SessionInfo;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.config.Configuration;
import org.symbolon.config.OpenToken;
import org.symbolon.config.SshConfiguration;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code symbolon check}: tries each thing in the configuration for real. */
@Command(
        name = "check",
        description = {
            "Tries each thing in the configuration for real and says what is wrong.",
            "A wrong PIN costs one of the token's tries."
        },
        footer = {"", "Example:", "  symbolon check --config symbolon.yaml"})
final class CheckCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    private final List<Object> documents = new ArrayList<>();
    private ExitCode worst = ExitCode.OK;

    /** Something to try; returns what it found in words. */
    @FunctionalInterface
    private interface Trial {
        String run() throws GeneralSecurityException, CommandFailure, IOException;
    }

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        Configuration configuration = root.configuration();
        attempt(
                root,
                "configuration",
                () -> configuration
                        .file()
                        .map(file -> file + " has no mistakes")
                        .orElse("there is no configuration file; nothing to check"));
        for (TokenConfiguration token : configuration.tokens().values()) {
            attempt(root, "tokens." + token.name(), () -> tryToken(token));
        }
        trySsh(root, configuration);
        SymbolonProvider.unsignedProviderNotice().ifPresent(root::remark);
        if (root.json()) {
            root.print(
                    Document.with("ok", worst == ExitCode.OK)
                            .and("checks", documents)
                            .fields(),
                    List.of());
        }
        return worst.code();
    }

    private static String tryToken(TokenConfiguration token) throws GeneralSecurityException {
        try (OpenToken open = token.open()) {
            SessionInfo session = open.session().info();
            TokenInfo info = session.token();
            open.session().findAll(ObjectQuery.all().limit(1));
            return "token \"" + info.label() + "\" answers, "
                    + (session.role() == Role.PUBLIC ? "without login" : "the login is accepted")
                    + (info.has(TokenFlag.SO_PIN_LOCKED) ? "; but the security officer's PIN is locked" : "");
        }
    }

    private void trySsh(Symbolon root, Configuration configuration) {
        SshConfiguration ssh = configuration.ssh();
        ssh.users()
                .ifPresent(name -> attempt(root, "ssh.users", () -> {
                    TokenConfiguration token = configuration.token(name);
                    try (OpenToken open = token.open()) {
                        boolean trusted = open.session().info().role() != Role.PUBLIC
                                || token.settings().containsKey(TokenOptions.PINNED_KEY);
                        if (!trusted) {
                            throw CommandFailure.usage(
                                    "tokens." + name + " is opened without a login and its signing key is"
                                            + " not pinned, so nobody could log in; give it a pin");
                        }
                        return "keys are found by label " + ssh.userLabel();
                    }
                }));
        ssh.hostKeys()
                .ifPresent(name -> attempt(root, "ssh.host-keys", () -> {
                    try (OpenToken open = configuration.token(name).open();
                            TokenSshKeys keys = hostKeys(open, ssh.hostKeyLabel())) {
                        if (keys.keys().isEmpty()) {
                            throw new CommandFailure(
                                    ExitCode.NOT_FOUND, "tokens." + name + " has no private key that SSH can use");
                        }
                        return keys.keys().size() + " host key(s), each made a signature";
                    }
                }));
    }

    private static TokenSshKeys hostKeys(OpenToken open, Optional<String> label) throws GeneralSecurityException {
        ObjectQuery query =
                label.isPresent() ? ObjectQuery.privateKeys().label(label.get()) : ObjectQuery.privateKeys();
        return TokenSshKeys.matching(open.session(), new TokenSigner(), query);
    }

    private void attempt(Symbolon root, String what, Trial trial) {
        Terminal terminal = root.terminal();
        long start = System.nanoTime();
        terminal.status(what);
        Outcome outcome = outcome(trial);
        terminal.clearStatus();
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        ExitCode exitCode = outcome.exitCode();
        boolean good = exitCode == ExitCode.OK;
        if (worst == ExitCode.OK) {
            worst = exitCode;
        }
        documents.add(Document.with("check", what)
                .and("ok", good)
                .and("exitCode", exitCode.code())
                .and("message", outcome.text())
                .and("millis", millis)
                .fields());
        if (!root.json()) {
            terminal.out()
                    .println((good ? terminal.good("✓") : terminal.bad("✗")) + " " + what + ": "
                            + TokenTexts.printable(outcome.text()) + terminal.faint("  " + millis + " ms"));
        }
    }

    private record Outcome(ExitCode exitCode, String text) {}

    private static Outcome outcome(Trial trial) {
        try {
            return new Outcome(ExitCode.OK, trial.run());
        } catch (GeneralSecurityException | CommandFailure | IOException | IllegalArgumentException e) {
            Failure failure = Failure.of(e);
            return new Outcome(failure.exitCode(), failure.message());
        }
    }
}

package org.symbolon.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code symbolon demo}: the main job, shown. */
@Command(
        name = "demo",
        description = {
            "Shows SSH logins against keys in a token: an SSH server whose host key and users live in a temporary"
                    + " token, a Java client whose private key stays in the token, and OpenSSH if it is installed.",
            "With --kmip a KMIP server stands before that token, and all goes through its TLS socket; alice's keys are"
                    + " public keys there, which a KMIP client destroys in the end.",
            "With --token the same story on another token; what it makes there is removed at the end."
        },
        footer = {
            "",
            "Examples:",
            "  symbolon demo",
            "  symbolon demo --keep",
            "  symbolon demo --kmip",
            "  symbolon demo --token soft:sqlite:team.db",
            "  symbolon demo --token kmip://kmip.example.com --setting trust=ca.pem --setting key-store=me.p12 \\",
            "      --setting key-store-password=file:me.password"
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--keep", description = "Leave the server running and print how to log in, until Ctrl-C.")
    private boolean keep;

    @Option(names = "--kmip", description = "Go through a KMIP server, started for the demonstration.")
    private boolean kmip;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        if (kmip && tokens.isGiven()) {
            throw CommandFailure.usage(
                    "--kmip starts a KMIP server of its own; leave --token out, or --kmip where the token"
                            + " is on a KMIP server already");
        }
        try (DemoStory story = new DemoStory(root, tokens, login, kmip)) {
            Thread end = new Thread(story::close, "demo-end");
            Runtime.getRuntime().addShutdownHook(end);
            ExitCode exitCode = story.tell();
            if (keep && exitCode == ExitCode.OK) {
                story.welcomeBack();
                story.print(exitCode, true);
                new CountDownLatch(1).await();
            }
            story.print(exitCode, false);
            Runtime.getRuntime().removeShutdownHook(end);
            return exitCode.code();
        }
    }
}

package org.symbolon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.config.ServeConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon authorized-keys}: what AuthorizedKeysCommand of OpenSSH's server asks for. */
@Command(
        name = "authorized-keys",
        description = {
            "Prints the lines of authorized_keys by which a user may log in, for OpenSSH's server.",
            "sshd calls this for each login; --script prints a small shell script that asks symbolon serve without a"
                    + " Java of its own, --sshd-config the lines of sshd_config."
        },
        footer = {
            "",
            "Examples:",
            "  symbolon authorized-keys alice --token soft:sqlite:team.db",
            "  symbolon authorized-keys --script > /usr/local/libexec/symbolon-sshd",
            "  symbolon authorized-keys --sshd-config >> /etc/ssh/sshd_config"
        })
final class AuthorizedKeysCommand implements Callable<Integer> {
    private static final String SCRIPT = "symbolon-sshd";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "USER", description = "The user's name, exactly (%%u).")
    private @Nullable String user;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "KEY",
            description = "The key that is offered: in base64 (%%k) or its fingerprint (%%f); all without it.")
    private String key = "";

    @Option(names = "--script", description = "Print the script for AuthorizedKeysCommand.")
    private boolean script;

    @Option(names = "--sshd-config", description = "Print what sshd_config needs.")
    private boolean sshdConfig;

    @Mixin
    private LookupOptions lookup = new LookupOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        if (script) {
            root.terminal().out().print(script());
            return ExitCode.OK.code();
        } else if (sshdConfig) {
            sshdConfig(root.configuration().serve().ssh())
                    .forEach(root.terminal().out()::println);
            return ExitCode.OK.code();
        } else if (user == null) {
            throw CommandFailure.usage("whose keys? Give the user's name");
        }
        String name = user;
        return lookup.run(
                root, "lines", server -> server.authorizedKeys(name, key), token -> token.authorizedKeys(name, key));
    }

    /** Returns the script that is shipped. */
    static String script() throws IOException {
        try (InputStream resource = Objects.requireNonNull(AuthorizedKeysCommand.class.getResourceAsStream(SCRIPT))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Tokens that OpenSSH has known since 6.9: a newer one would make an older server refuse every login. */
    private static List<String> sshdConfig(ServeConfiguration.Ssh ssh) throws CommandFailure {
        Path socket = ssh.lookup()
                .orElseThrow(() -> CommandFailure.usage("which socket? serve.ssh.lookup in the configuration says it"));
        String command = "/usr/local/libexec/" + SCRIPT + " " + socket;
        List<String> lines = new ArrayList<>(List.of(
                "# the script: symbolon authorized-keys --script; owned by root, 0755",
                "AuthorizedKeysCommand " + command + " keys %u %k",
                "AuthorizedKeysCommandUser nobody",
                "AuthorizedPrincipalsCommand " + command + " principals %u %F",
                "AuthorizedPrincipalsCommandUser nobody"));
        ssh.revokedKeys().ifPresent(file -> lines.add("RevokedKeys " + file));
        return lines;
    }
}

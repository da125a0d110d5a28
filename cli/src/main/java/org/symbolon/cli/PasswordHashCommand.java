package org.symbolon.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.kmip.server.PasswordHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code symbolon password-hash}. */
@Command(
        name = "password-hash",
        description = {
            "Prints the hash of a password, for serve.kmip.users.NAME.password-hash in the configuration.",
            "The password is asked for twice, or read from where --password says."
        },
        footer = {"", "Example:", "  symbolon password-hash --password file:alice.password"})
final class PasswordHashCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--password",
            paramLabel = "REFERENCE",
            description = "Where the password is: env:NAME, file:PATH, fd:NUMBER or stdin.")
    private @Nullable String password;

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        try (Pin read = new Pins(root.terminal()).fresh("user's password", "--password", password)) {
            String hash = PasswordHash.of(read).toString();
            root.print(Map.of("hash", hash), List.of(hash));
        }
        return ExitCode.OK.code();
    }
}

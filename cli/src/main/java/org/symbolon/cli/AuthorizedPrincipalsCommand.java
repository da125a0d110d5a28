package org.symbolon.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon authorized-principals}: what AuthorizedPrincipalsCommand of OpenSSH's server asks for. */
@Command(
        name = "authorized-principals",
        description = {
            "Prints the principals of certificates by which a user may log in, for OpenSSH's server.",
            "They are those of the user's CAs: authorized-key add --cert-authority."
        },
        footer = {"", "Example:", "  symbolon authorized-principals alice --token soft:sqlite:team.db"})
final class AuthorizedPrincipalsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "USER", description = "The user's name, exactly (%%u).")
    private String user = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CA",
            description = "The fingerprint of the CA's key (%%F); all CAs of the user without it.")
    private String authority = "";

    @Mixin
    private LookupOptions lookup = new LookupOptions();

    @Override
    public Integer call() throws Exception {
        return lookup.run(
                Symbolon.of(Objects.requireNonNull(spec)),
                "lines",
                server -> server.authorizedPrincipals(user, authority),
                token -> token.authorizedPrincipals(user, authority));
    }
}

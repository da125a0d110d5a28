package org.symbolon.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.symbolon.soft.SoftAdministration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code symbolon token second-factor}. */
@Command(
        name = "second-factor",
        description = {
            "Binds a PIN to the host secret in the configuration, so that a stolen database is not enough to guess it.",
            "Each PIN is bound for itself; a login binds it too."
        })
final class TokenSecondFactorCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "second-factor what? on or off");
    }

    @Command(
            name = "on",
            description = "Binds the user's PIN; with --so, the security officer's.",
            footer = {"", "Example:", "  symbolon token second-factor on --token team"})
    int on(@Mixin AdministrationOptions options) throws Exception {
        return options.change(
                SoftAdministration::bindToHostSecret,
                Document.with("bound", true),
                "the PIN opens the token only with the host secret");
    }

    @Command(
            name = "off",
            description = {
                "Frees the user's PIN of it; with --so, the security officer's.",
                "Take the host secret out of the configuration afterwards, else the next login binds the PIN again."
            },
            footer = {"", "Example:", "  symbolon token second-factor off --token team"})
    int off(@Mixin AdministrationOptions options) throws Exception {
        return options.change(
                SoftAdministration::freeOfHostSecret, Document.with("bound", false), "the PIN opens the token alone");
    }
}

package org.symbolon.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.soft.SoftAdministration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon pin add}. */
@Command(
        name = "add",
        description = {
            "Adds a PIN for somebody else, who logs in with NAME:PIN as the token's user.",
            "All PINs of the user share the limit of wrong ones."
        },
        footer = {"", "Example:", "  symbolon pin add alice --token soft:sqlite:team.db"})
final class PinAddCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "1 to 32 letters, digits, '.', '_' and '-'.")
    private String name = "";

    @Option(
            names = "--new-pin",
            paramLabel = "REF",
            description = "The new PIN by reference, without the name (default: you are asked).")
    private @Nullable String newPin;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration configured = tokens.choose(root.configuration());
        try (TokenModule module = configured.openModule()) {
            TokenInfo info = configured.token(module).info();
            SoftAdministration administration = SoftTokens.administration(configured, info);
            try (Pin pin = new Pins(root.terminal()).fresh("PIN of " + name, "--new-pin", newPin)) {
                int number = login.withLogin(root, configured, info, given -> administration.addPin(given, name, pin));
                root.print(
                        Document.with("name", name).and("number", number).fields(),
                        List.of("PIN " + number + " of token \"" + TokenTexts.printable(info.label())
                                + "\" is set; log in with " + name + ":PIN"));
            }
        }
        return ExitCode.OK.code();
    }
}

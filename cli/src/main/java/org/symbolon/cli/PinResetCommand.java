package org.symbolon.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.config.TokenConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code symbolon pin reset}. */
@Command(
        name = "reset",
        description = {"Sets the user's PIN with a recovery code, where it is forgotten or locked.", "The objects stay."
        },
        footer = {"", "Example:", "  symbolon pin reset --token soft:sqlite:team.db"})
final class PinResetCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--code",
            paramLabel = "REF",
            description = "The recovery code by reference, as --pin (default: you are asked).")
    private @Nullable String code;

    @Option(names = "--new-pin", paramLabel = "REF", description = "The new PIN by reference (default: you are asked).")
    private @Nullable String newPin;

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration configured = tokens.choose(root.configuration());
        Pins pins = new Pins(root.terminal());
        try (TokenModule module = configured.openModule()) {
            Token token = configured.token(module);
            String label = "\"" + token.info().label() + "\"";
            try (Pin recovery = pins.existing("recovery code of token " + label, "--code", code, Optional.empty());
                    Pin now = pins.fresh("user PIN of token " + label, "--new-pin", newPin);
                    Session session = token.open(Login.none())) {
                session.setPin(recovery, now);
            }
            root.print(
                    Document.with("changed", "user").fields(),
                    List.of("the user's PIN of token " + TokenTexts.printable(label) + " is set"));
        }
        return ExitCode.OK.code();
    }
}

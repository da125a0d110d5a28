package org.symbolon.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code symbolon pin add}. */
@Command(
        name = "add",
        description = {
            "Adds a PIN for somebody else, who logs in with NAME:PIN as the token's user.",
            "All PINs of the user share the limit of wrong ones."
        },
        footer = {"", "Example:", "  symbolon pin add alice --token soft:sqlite:team.db"})
final class PinAddCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "1 to 32 letters, digits, '.', '_' and '-'.")
    private String name = "";

    @Option(
            names = "--new-pin",
            paramLabel = "REF",
            description = "The new PIN by reference, without the name (default: you are asked).")
    private @Nullable String newPin;

    @Mixin
    private AdministrationOptions options = new AdministrationOptions();

    @Override
    public Integer call() throws Exception {
        return options.administer(token -> {
            try (Pin pin = new Pins(token.root().terminal()).fresh("PIN of " + name, "--new-pin", newPin)) {
                int number =
                        options.loggedIn(token, (administration, given) -> administration.addPin(given, name, pin));
                token.print(
                        Document.with("name", name).and("number", number),
                        "PIN " + number + " of token " + token.label() + " is set; log in with " + name + ":PIN");
            }
        });
    }
}

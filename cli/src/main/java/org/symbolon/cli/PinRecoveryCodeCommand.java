package org.symbolon.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.symbolon.Pin;
import org.symbolon.soft.SoftAdministration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code symbolon pin recovery-code}. */
@Command(
        name = "recovery-code",
        description = {
            "Makes a recovery code and shows it, once: write it down and lock it away.",
            "Whoever has it has the token, until it is removed (symbolon pin remove)."
        },
        footer = {"", "Example:", "  symbolon pin recovery-code --token soft:sqlite:team.db"})
final class PinRecoveryCodeCommand implements Callable<Integer> {
    @Mixin
    private AdministrationOptions options = new AdministrationOptions();

    @Override
    public Integer call() throws Exception {
        return options.administer(token -> {
            try (Pin code = options.loggedIn(token, SoftAdministration::addRecoveryCode)) {
                char[] shown = code.toChars();
                String text = new String(shown);
                Arrays.fill(shown, '\0');
                token.print(Document.with("recoveryCode", text), text);
            }
        });
    }
}

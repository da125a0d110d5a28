package org.symbolon.cli;

import java.util.Arrays;
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
import picocli.CommandLine.Spec;

/** {@code symbolon pin recovery-code}. */
@Command(
        name = "recovery-code",
        description = {
            "Makes a recovery code and shows it, once: write it down and lock it away.",
            "Whoever has it has the token, until it is removed (symbolon pin remove)."
        },
        footer = {"", "Example:", "  symbolon pin recovery-code --token soft:sqlite:team.db"})
final class PinRecoveryCodeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

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
            try (Pin code = login.withLogin(root, configured, info, administration::addRecoveryCode)) {
                char[] shown = code.toChars();
                String text = new String(shown);
                Arrays.fill(shown, '\0');
                root.print(Document.with("recoveryCode", text).fields(), List.of(text));
            }
        }
        return ExitCode.OK.code();
    }
}

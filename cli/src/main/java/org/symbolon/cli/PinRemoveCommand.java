package org.symbolon.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.soft.SoftAdministration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon pin remove}. */
@Command(
        name = "remove",
        description = "Removes a recovery code or a further PIN.",
        footer = {"", "Example:", "  symbolon pin remove 1 --token soft:sqlite:team.db"})
final class PinRemoveCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NUMBER", description = "Its number, as pin list shows it.")
    private int number;

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
            login.withLogin(root, configured, info, given -> {
                administration.remove(given, number);
                return number;
            });
            root.print(Document.with("removed", number).fields(), List.of("number " + number + " is removed"));
        }
        return ExitCode.OK.code();
    }
}

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
import picocli.CommandLine.Spec;

/** {@code symbolon token accept-rollback}. */
@Command(
        name = "accept-rollback",
        description = {
            "Accepts a database that is older than its anchor says, because you restored a backup of it.",
            "The state that it replaced is refused from then on."
        },
        footer = {"", "Example:", "  symbolon token accept-rollback --token team"})
final class TokenAcceptRollbackCommand implements Callable<Integer> {
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
            login.withLogin(root, configured, info, given -> {
                administration.acceptRollback(given);
                return info;
            });
            root.print(
                    Document.with("accepted", info.serialNumber()).fields(),
                    List.of("token \"" + TokenTexts.printable(info.label()) + "\" is accepted as it is"));
        }
        return ExitCode.OK.code();
    }
}

package org.symbolon.cli;

import java.util.concurrent.Callable;
import org.symbolon.soft.SoftAdministration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code symbolon token accept-rollback}. */
@Command(
        name = "accept-rollback",
        description = {
            "Accepts a database that is older than its anchor says, because you restored a backup of it.",
            "The state that it replaced is refused from then on."
        },
        footer = {"", "Example:", "  symbolon token accept-rollback --token team"})
final class TokenAcceptRollbackCommand implements Callable<Integer> {
    @Mixin
    private AdministrationOptions options = new AdministrationOptions();

    @Override
    public Integer call() throws Exception {
        return options.administer(token -> {
            options.apply(token, SoftAdministration::acceptRollback);
            token.print(
                    Document.with("accepted", token.info().serialNumber()),
                    "token " + token.label() + " is accepted as it is");
        });
    }
}

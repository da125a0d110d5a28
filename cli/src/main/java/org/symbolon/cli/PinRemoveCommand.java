package org.symbolon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code symbolon pin remove}. */
@Command(
        name = "remove",
        description = "Removes a recovery code or a further PIN.",
        footer = {"", "Example:", "  symbolon pin remove 1 --token soft:sqlite:team.db"})
final class PinRemoveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NUMBER", description = "Its number, as pin list shows it.")
    private int number;

    @Mixin
    private AdministrationOptions options = new AdministrationOptions();

    @Override
    public Integer call() throws Exception {
        return options.change(
                (administration, given) -> administration.remove(given, number),
                Document.with("removed", number),
                "number " + number + " is removed");
    }
}

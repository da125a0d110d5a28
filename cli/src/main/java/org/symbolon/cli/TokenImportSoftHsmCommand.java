package org.symbolon.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attributes;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.config.OpenToken;
import org.symbolon.soft.foreign.ObjectConsumer;
import org.symbolon.soft.foreign.SoftHsmToken;
import org.symbolon.transfer.ObjectTransfer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon token import-softhsm}. */
@Command(
        name = "import-softhsm",
        description = {
            "Imports every object of a SoftHSM 2 token, sensitive keys too, from its directory of .object files.",
            "SoftHSM is not needed, and nothing of it is changed."
        },
        footer = {"", "Example:", "  symbolon token import-softhsm /var/lib/softhsm/tokens --token soft:sqlite:team.db"
        })
final class TokenImportSoftHsmCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "DIRECTORY",
            description = "SoftHSM's directories.tokendir, or the directory of one token.")
    private Path directory = Path.of(".");

    @Option(names = "--softhsm-label", paramLabel = "LABEL", description = "Which of its tokens, if there are several.")
    private @Nullable String label;

    @Option(
            names = "--softhsm-pin",
            paramLabel = "REF",
            description = "The user's PIN of SoftHSM's token by reference, as --pin (default: you are asked).")
    private @Nullable String softHsmPin;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        SoftHsmToken source = choose();
        try (OpenToken open = login.open(root, tokens.choose(root.configuration()));
                Pin pin = new Pins(root.terminal())
                        .only("user PIN of SoftHSM's token \"" + source.label() + "\"", "--softhsm-pin", softHsmPin)) {
            TransferOutput output =
                    new TransferOutput(root, open.session().info().token(), "imported");
            ObjectTransfer transfer = ObjectTransfer.into(open.session(), output);
            source.read(pin, new ObjectConsumer() {
                @Override
                public void object(Attributes object) throws TokenException {
                    transfer.object(object);
                }

                @Override
                public void damaged(String file, String reason) {
                    output.leftOut(file, reason);
                }
            });
            output.summary();
            return output.end().code();
        }
    }

    private SoftHsmToken choose() throws Exception {
        List<SoftHsmToken> found = SoftHsmToken.in(directory).stream()
                .filter(token -> label == null || token.label().equals(label))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String labels = found.stream().map(SoftHsmToken::label).collect(Collectors.joining(", "));
        throw new CommandFailure(
                ExitCode.NOT_FOUND,
                found.isEmpty()
                        ? "there is no such token of SoftHSM 2 in " + directory
                        : "there are several tokens in " + directory + ": " + labels
                                + "; choose one with --softhsm-label, or give its own directory");
    }
}

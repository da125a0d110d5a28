package org.symbolon.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.config.ConfigurationException;
import picocli.CommandLine.Option;

/** The passphrase of a file that a command reads or makes. */
final class PassphraseOption {
    private static final String NAME = "--passphrase";

    @Option(
            names = NAME,
            paramLabel = "REF",
            description = "The file's passphrase by reference, as --pin (default: you are asked, if there is one).")
    private @Nullable String reference;

    boolean isGiven() {
        return reference != null;
    }

    /** Returns the passphrase of what is there already. */
    Pin only(Symbolon root, Object file) throws CommandFailure, ConfigurationException, IOException {
        return new Pins(root.terminal()).only("passphrase of " + file, NAME, reference);
    }

    /** Returns the passphrase of what is made; who is asked for it types it twice. */
    Pin fresh(Symbolon root, Object file) throws CommandFailure, ConfigurationException, IOException {
        return new Pins(root.terminal()).fresh("passphrase of " + file, NAME, reference);
    }
}

package org.symbolon.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.config.ConfigurationException;
import picocli.CommandLine.Option;

/** The PINs of a token that a command makes. */
final class NewTokenPins {
    @Option(
            names = "--so-pin",
            paramLabel = "REF",
            description = "The new token's security officer's PIN by reference (default: you are asked).")
    private @Nullable String soPin;

    @Option(
            names = "--new-pin",
            paramLabel = "REF",
            description = "The new token's user's PIN by reference (default: you are asked).")
    private @Nullable String newPin;

    Pin securityOfficer(Symbolon root, String token) throws CommandFailure, ConfigurationException, IOException {
        return new Pins(root.terminal()).fresh("security officer's PIN of " + token, "--so-pin", soPin);
    }

    Pin user(Symbolon root, String token) throws CommandFailure, ConfigurationException, IOException {
        return new Pins(root.terminal()).fresh("user PIN of " + token, "--new-pin", newPin);
    }
}

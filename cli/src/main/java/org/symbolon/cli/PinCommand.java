package org.symbolon.cli;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.config.TokenConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code symbolon pin}. */
@Command(name = "pin", description = "Changes PINs.")
final class PinCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "pin what? set");
    }

    @Command(
            name = "set",
            description = {
                "Changes the user's PIN; with --so, the security officer's.",
                "With --reset the security officer gives the user a new PIN; the objects stay."
            },
            footer = {
                "",
                "Examples:",
                "  symbolon pin set --token soft:sqlite:team.db",
                "  symbolon pin set --token soft:sqlite:team.db --reset"
            })
    int set(
            @Option(
                            names = "--pin",
                            paramLabel = "REF",
                            description = "The PIN until now by reference: env:NAME, file:PATH, fd:NUMBER or stdin;"
                                    + " with --reset, the security officer's (default: you are asked).")
                    @Nullable String oldPin,
            @Option(
                            names = "--new-pin",
                            paramLabel = "REF",
                            description = "The new PIN by reference (default: you are asked).")
                    @Nullable String newPin,
            @Option(names = "--so", description = "Change the security officer's PIN.") boolean securityOfficer,
            @Option(names = "--reset", description = "Set the user's PIN as the security officer.") boolean reset,
            @Mixin TokenOptions tokens)
            throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        if (securityOfficer && reset) {
            throw CommandFailure.usage("--reset sets the user's PIN, --so the security officer's; give one of them");
        }
        TokenConfiguration configured = tokens.choose(root.configuration());
        Pins pins = new Pins(root.terminal());
        try (TokenModule module = configured.openModule()) {
            Token token = configured.token(module);
            String of = " of token \"" + token.info().label() + "\"";
            String officer = "security officer's PIN" + of;
            String user = "user PIN" + of;
            try (Pin until = pins.existing(securityOfficer || reset ? officer : user, "--pin", oldPin);
                    Pin now = pins.fresh(securityOfficer ? officer : user, "--new-pin", newPin);
                    Session session =
                            token.open(securityOfficer || reset ? Login.securityOfficer(until) : Login.user(until))) {
                if (reset) {
                    session.initPin(now);
                } else {
                    session.setPin(until, now);
                }
            }
            String changed = securityOfficer ? "security officer" : "user";
            root.print(
                    Document.with("changed", changed).fields(),
                    List.of("the " + changed + "'s PIN" + TokenTexts.printable(of) + " is changed"));
        }
        return ExitCode.OK.code();
    }
}

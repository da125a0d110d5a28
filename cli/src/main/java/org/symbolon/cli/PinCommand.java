package org.symbolon.cli;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.config.TokenConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code symbolon pin}. */
@Command(
        name = "pin",
        description = "Changes PINs and sets them.",
        subcommands = {
            PinResetCommand.class,
            PinRecoveryCodeCommand.class,
            PinAddCommand.class,
            PinListCommand.class,
            PinRemoveCommand.class
        })
final class PinCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "pin what? set, init, reset, recovery-code, add, list or remove");
    }

    @Command(
            name = "set",
            description = "Changes the user's PIN; with --so, the security officer's.",
            footer = {"", "Example:", "  symbolon pin set --token soft:sqlite:team.db"})
    int set(
            @Option(
                            names = "--pin",
                            paramLabel = "REF",
                            description = "The PIN until now by reference: env:NAME, file:PATH, fd:NUMBER or stdin"
                                    + " (default: the configuration's, else you are asked).")
                    @Nullable String oldPin,
            @Option(
                            names = "--new-pin",
                            paramLabel = "REF",
                            description = "The new PIN by reference (default: you are asked).")
                    @Nullable String newPin,
            @Option(names = "--so", description = "Change the security officer's PIN.") boolean securityOfficer,
            @Mixin TokenOptions tokens)
            throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration configured = tokens.choose(root.configuration());
        Pins pins = new Pins(root.terminal());
        try (TokenModule module = configured.openModule()) {
            Token token = configured.token(module);
            String whose = securityOfficer ? officersPin(token) : usersPin(token);
            var reference = securityOfficer ? configured.soPin() : configured.pin();
            try (Pin until = pins.existing(whose, "--pin", oldPin, reference);
                    Pin now = pins.fresh(whose, "--new-pin", newPin);
                    // An expired PIN logs nobody in, and is changed without.
                    Session session = token.open(securityOfficer ? Login.securityOfficer(until) : Login.none())) {
                session.setPin(until, now);
            }
            report(root, token, securityOfficer ? "security officer" : "user", "changed");
        }
        return ExitCode.OK.code();
    }

    @Command(
            name = "init",
            description = {
                "Sets the user's PIN as the security officer: the first one, or where it is forgotten or locked.",
                "The objects stay."
            },
            footer = {"", "Example:", "  symbolon pin init --token soft:sqlite:team.db"})
    int init(
            @Option(
                            names = "--so-pin",
                            paramLabel = "REF",
                            description = "The security officer's PIN by reference: env:NAME, file:PATH, fd:NUMBER or"
                                    + " stdin (default: the configuration's, else you are asked).")
                    @Nullable String soPin,
            @Option(
                            names = "--new-pin",
                            paramLabel = "REF",
                            description = "The user's new PIN by reference (default: you are asked).")
                    @Nullable String newPin,
            @Mixin TokenOptions tokens)
            throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration configured = tokens.choose(root.configuration());
        Pins pins = new Pins(root.terminal());
        try (TokenModule module = configured.openModule()) {
            Token token = configured.token(module);
            try (Pin officer = pins.existing(officersPin(token), "--so-pin", soPin, configured.soPin());
                    Pin user = pins.fresh(usersPin(token), "--new-pin", newPin);
                    Session session = token.open(Login.securityOfficer(officer))) {
                session.initPin(user);
            }
            report(root, token, "user", "set");
        }
        return ExitCode.OK.code();
    }

    private static void report(Symbolon root, Token token, String whose, String done) throws TokenException {
        root.print(
                Document.with("changed", whose).fields(),
                List.of("the " + whose + "'s PIN" + TokenTexts.printable(ofToken(token)) + " is " + done));
    }

    private static String officersPin(Token token) throws TokenException {
        return "security officer's PIN" + ofToken(token);
    }

    private static String usersPin(Token token) throws TokenException {
        return "user PIN" + ofToken(token);
    }

    private static String ofToken(Token token) throws TokenException {
        return " of token \"" + token.info().label() + "\"";
    }
}

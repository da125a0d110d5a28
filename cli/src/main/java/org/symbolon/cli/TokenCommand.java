package org.symbolon.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Slot;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.soft.SoftAdministration;
import org.symbolon.soft.SoftModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code symbolon token}. */
@Command(
        name = "token",
        description = "Makes tokens, shows them and moves them.",
        subcommands = {
            TokenBackupCommand.class,
            TokenRestoreCommand.class,
            TokenCopyCommand.class,
            TokenImportSoftHsmCommand.class,
            TokenPolicyCommand.class,
            TokenSecondFactorCommand.class,
            TokenAcceptRollbackCommand.class
        })
final class TokenCommand implements Runnable {
    private static final String SQLITE = "soft:sqlite:";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "token what? init, info, policy, second-factor, accept-rollback, backup, restore, copy or"
                        + " import-softhsm");
    }

    @Command(
            name = "info",
            description = "Shows what a token says of itself.",
            footer = {"", "Example:", "  symbolon token info --token soft:sqlite:team.db"})
    int info(@Mixin TokenOptions tokens) throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration configured = tokens.choose(root.configuration());
        try (TokenModule module = configured.openModule()) {
            TokenInfo info = configured.token(module).info();
            List<String> lines = new ArrayList<>(List.of(
                    "label          " + TokenTexts.printable(info.label()),
                    "manufacturer   " + TokenTexts.printable(info.manufacturer()),
                    "model          " + TokenTexts.printable(info.model()),
                    "serial number  " + TokenTexts.printable(info.serialNumber()),
                    "flags          " + String.join(", ", TokenTexts.flags(info)),
                    "PIN length     " + info.minPinBytes() + " to " + info.maxPinBytes() + " bytes",
                    "PIN state      " + TokenTexts.state(info)));
            Document document = TokenTexts.document(info);
            signingKey(configured, info).ifPresent(key -> {
                lines.add("signing key    " + key + "  (for the setting verify-key)");
                document.and("signingKey", key);
            });
            if (SoftTokens.isSoft(configured)) {
                SoftAdministration administration = SoftTokens.administration(configured, info);
                String objects = administration.policy().objects().name().toLowerCase(Locale.ROOT);
                boolean decrypts = administration.officerDecrypts();
                lines.add("objects        " + objects);
                lines.add("officer        "
                        + (decrypts ? "decrypts" : "signs, and cannot decrypt or reset the user's PIN"));
                document.and("objects", objects).and("officerDecrypts", decrypts);
            }
            root.print(document.fields(), lines);
        }
        return ExitCode.OK.code();
    }

    /** Returns the key by which a soft token vouches for its public objects, to be pinned in the configuration. */
    private static Optional<String> signingKey(TokenConfiguration configured, TokenInfo info) throws TokenException {
        if (!configured.uri().startsWith(SQLITE)) {
            return Optional.empty();
        }
        Path database = Path.of(configured.uri().substring(SQLITE.length()));
        return Optional.ofNullable(SoftModule.verifyKeys(database).get(info.serialNumber()))
                .map(Bytes::toHex);
    }

    @Command(
            name = "init",
            description = {
                "Makes a token in the first empty slot and sets its user's PIN.",
                "With --replace, makes the token that --token-label names anew: all its objects are destroyed."
            },
            footer = {
                "",
                "Examples:",
                "  symbolon token init --token soft:sqlite:team.db --label Team",
                "  symbolon token init --token soft:sqlite:team.db --label Team --so-pin file:so.pin --new-pin"
                        + " file:user.pin"
            })
    int init(
            @Option(
                            names = "--label",
                            paramLabel = "LABEL",
                            required = true,
                            description = "The token's label, up to 32 bytes.")
                    String label,
            @Option(
                            names = "--so-pin",
                            paramLabel = "REF",
                            description = "The security officer's PIN by reference (default: with --replace the"
                                    + " configuration's, else you are asked).")
                    @Nullable String soPin,
            @Option(
                            names = "--new-pin",
                            paramLabel = "REF",
                            description = "The user's PIN by reference (default: you are asked).")
                    @Nullable String newPin,
            @Option(names = "--replace", description = "Destroy the token that is there and all its objects.")
                    boolean replace,
            @Mixin TokenOptions tokens)
            throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration configured = tokens.choose(root.configuration());
        Pins pins = new Pins(root.terminal());
        try (TokenModule module = configured.openModule()) {
            Slot slot = replace ? slotOf(module, configured) : module.emptySlot();
            String officer = "security officer's PIN of token \"" + label + "\"";
            try (Pin so = replace
                            ? pins.existing(officer, "--so-pin", soPin, configured.soPin())
                            : pins.fresh(officer, "--so-pin", soPin);
                    Pin user = pins.fresh("user PIN of token \"" + label + "\"", "--new-pin", newPin)) {
                root.terminal().status("initializing");
                Token token = slot.initialize(label, so);
                try (Session session = token.open(Login.securityOfficer(so))) {
                    session.initPin(user);
                }
                root.terminal().clearStatus();
                TokenInfo info = token.info();
                root.print(
                        TokenTexts.document(info)
                                .and("slotId", slot.info().slotId())
                                .fields(),
                        List.of("token \"" + TokenTexts.printable(info.label()) + "\" is in slot "
                                + slot.info().slotId() + ", serial " + info.serialNumber()));
            }
        }
        return ExitCode.OK.code();
    }

    private static Slot slotOf(TokenModule module, TokenConfiguration configured)
            throws TokenException, CommandFailure {
        String serial = configured.token(module).info().serialNumber();
        for (Slot slot : module.slots()) {
            Optional<Token> token = slot.token();
            if (token.isPresent() && token.get().info().serialNumber().equals(serial)) {
                return slot;
            }
        }
        throw new CommandFailure(ExitCode.NOT_FOUND, "the token was removed meanwhile");
    }
}

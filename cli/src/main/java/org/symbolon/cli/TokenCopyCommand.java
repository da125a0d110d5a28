package org.symbolon.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.config.OpenToken;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.soft.BackupReport;
import org.symbolon.soft.SoftBackup;
import org.symbolon.transfer.ObjectTransfer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code symbolon token copy}. */
@Command(
        name = "copy",
        description = {
            "Copies a soft token whole into a new token of another store; or, with --into or where one side is no soft"
                    + " token, brings into a token that is there what can leave the other."
        },
        footer = {
            "",
            "Examples:",
            "  symbolon token copy --from soft:sqlite:team.db --to soft:postgresql://localhost/tokens",
            "  symbolon token copy --from soft:sqlite:team.db --to soft:sqlite:other.db --into Other"
        })
final class TokenCopyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "TOKEN",
            required = true,
            description = "The token's name in the configuration, or its module's URI.")
    private String from = "";

    @Option(
            names = "--from-label",
            paramLabel = "LABEL",
            description = "Which of the module's tokens: its label or a pkcs11: URI.")
    private @Nullable String fromLabel;

    @Option(
            names = "--to",
            paramLabel = "TOKEN",
            required = true,
            description = "Where to: a name in the configuration, or a module's URI.")
    private String to = "";

    @Option(
            names = "--into",
            paramLabel = "LABEL",
            description = "Copy what can leave the one token into this other one, which is there: its label or a"
                    + " pkcs11: URI.")
    private @Nullable String into;

    @Option(
            names = "--pin",
            paramLabel = "REF",
            description = "The user's PIN of the token copied, by reference: env:NAME, file:PATH, fd:NUMBER or stdin"
                    + " (default: the configuration's, else you are asked).")
    private @Nullable String pin;

    @Option(names = "--to-pin", paramLabel = "REF", description = "With --into, the user's PIN there, by reference.")
    private @Nullable String toPin;

    @Mixin
    private NewTokenPins newPins = new NewTokenPins();

    @Option(names = "--new-serial", description = "Give a token that is copied whole a new serial number.")
    private boolean newSerial;

    @Option(
            names = "--leave-out-damaged",
            description = "Leave objects out that are damaged, and say so, instead of ending there.")
    private boolean leaveOutDamaged;

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long a call may take, such as 10s.")
    private @Nullable String timeout;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description = "A setting of the backend copied to, as in the configuration.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration source =
                TokenOptions.given(from, fromLabel, timeout, Map.of()).choose(root.configuration());
        TokenConfiguration target =
                TokenOptions.given(to, into, timeout, settings).choose(root.configuration());
        boolean whole = into == null && SoftTokens.isSoft(source) && SoftTokens.isSoft(target);
        if (whole && toPin != null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--to-pin is for --into; a token that is copied whole gets --so-pin and --new-pin");
        }
        return whole ? whole(root, source, target) : objects(root, source, target);
    }

    private int whole(Symbolon root, TokenConfiguration source, TokenConfiguration target) throws Exception {
        SoftBackup untouched = SoftTokens.of(root, source, "copying");
        SoftBackup reading = leaveOutDamaged ? untouched.withoutDamaged() : untouched;
        SoftBackup fresh = SoftTokens.of(root, target, "copying");
        SoftBackup writing = newSerial ? fresh.newSerialNumber() : fresh;
        try (TokenModule module = source.openModule()) {
            TokenInfo info = source.token(module).info();
            String copy = "the copy of token \"" + info.label() + "\"";
            try (Pin user = LoginOptions.given(pin).userPin(root, source, info);
                    Pin newOfficer = newPins.securityOfficer(root, copy);
                    Pin newUser = newPins.user(root, copy)) {
                root.terminal().status("copying");
                BackupReport report = reading.copy(info.serialNumber(), user, writing, newOfficer, newUser);
                root.terminal().clearStatus();
                SoftTokens.remarks(root, report);
                root.print(SoftTokens.document(report).fields(), List.of(SoftTokens.line("copied", report)));
                root.remark("its signing key is now " + report.verifyKey().toHex() + " (for the setting verify-key)");
            }
        }
        return ExitCode.OK.code();
    }

    private int objects(Symbolon root, TokenConfiguration source, TokenConfiguration target) throws Exception {
        try (OpenToken reading = LoginOptions.given(pin).open(root, source);
                OpenToken writing = LoginOptions.given(toPin).open(root, target)) {
            TransferOutput output =
                    new TransferOutput(root, writing.session().info().token(), "copied");
            ObjectTransfer.into(writing.session(), output).all(reading.session());
            output.summary();
            output.end();
        }
        return ExitCode.OK.code();
    }
}

package org.symbolon.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.soft.BackupReport;
import org.symbolon.soft.SoftBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon token restore}. */
@Command(
        name = "restore",
        description = {
            "Makes a soft token of a backup, in the first empty slot, with new PINs: all of it or nothing.",
            "It keeps its serial number and has a new signing key."
        },
        footer = {"", "Example:", "  symbolon token restore team.backup --token soft:sqlite:new.db"})
final class TokenRestoreCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 17;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The backup; - is standard input.")
    private Path file = Path.of("-");

    @Option(
            names = "--passphrase",
            paramLabel = "REF",
            description = "The file's passphrase by reference, as --pin (default: you are asked).")
    private @Nullable String passphrase;

    @Mixin
    private NewTokenPins pins = new NewTokenPins();

    @Option(
            names = "--new-serial",
            description = "Give the token a new serial number: for a second copy in the same database.")
    private boolean newSerial;

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        TokenConfiguration configured = tokens.choose(root.configuration());
        SoftBackup softToken = SoftTokens.of(root, configured, "restoring");
        SoftBackup backup = newSerial ? softToken.newSerialNumber() : softToken;
        try (InputStream in = open(root);
                Pin secret = new Pins(root.terminal()).only("passphrase of the backup", "--passphrase", passphrase);
                Pin officer = pins.securityOfficer(root, "the restored token");
                Pin user = pins.user(root, "the restored token")) {
            root.terminal().status("restoring");
            BackupReport report = restore(backup, in, secret, officer, user);
            root.terminal().clearStatus();
            root.print(SoftTokens.document(report).fields(), List.of(SoftTokens.line("restored", report)));
            root.remark("its signing key is now " + report.verifyKey().toHex() + " (for the setting verify-key)");
        }
        return ExitCode.OK.code();
    }

    private BackupReport restore(SoftBackup backup, InputStream in, Pin secret, Pin officer, Pin user)
            throws Exception {
        try {
            return backup.restore(in, secret, officer, user);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, file + ": " + InputFile.reason(e));
        }
    }

    private InputStream open(Symbolon root) throws IOException {
        InputStream in = file.toString().equals("-") ? root.terminal().in() : Files.newInputStream(file);
        return new BufferedInputStream(in, BUFFER_BYTES);
    }
}

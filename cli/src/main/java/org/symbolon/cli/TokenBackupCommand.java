package org.symbolon.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenModule;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.soft.BackupReport;
import org.symbolon.soft.SoftBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon token backup}. */
@Command(
        name = "backup",
        description = {
            "Writes a whole soft token into an encrypted file: every object with every attribute, private keys too.",
            "Whoever has the file and its passphrase has the keys: keep them apart."
        },
        footer = {"", "Example:", "  symbolon token backup team.backup --token soft:sqlite:team.db"})
final class TokenBackupCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 17;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file to be made; - is standard output.")
    private Path file = Path.of("-");

    @Option(
            names = "--passphrase",
            paramLabel = "REF",
            description = "The file's passphrase by reference, as --pin (default: you are asked).")
    private @Nullable String passphrase;

    @Option(
            names = "--leave-out-damaged",
            description = "Leave objects out that are damaged, and say so, instead of ending there.")
    private boolean leaveOutDamaged;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        boolean toStandardOutput = file.toString().equals("-");
        if (toStandardOutput && root.json()) {
            throw CommandFailure.usage("standard output takes the backup or --json, not both");
        }
        if (!toStandardOutput) {
            NewFile.requireFree(file);
        }
        TokenConfiguration configured = tokens.choose(root.configuration());
        SoftBackup softToken = SoftTokens.of(root, configured, "backing up");
        SoftBackup backup = leaveOutDamaged ? softToken.withoutDamaged() : softToken;
        try (TokenModule module = configured.openModule()) {
            TokenInfo info = configured.token(module).info();
            try (Pin pin = login.userPin(root, configured, info);
                    Pin secret =
                            new Pins(root.terminal()).fresh("passphrase of the backup", "--passphrase", passphrase)) {
                root.terminal().status("logging in");
                NewFile.Content<BackupReport> content = out -> write(backup, info, pin, secret, out);
                BackupReport report =
                        toStandardOutput ? content.write(root.terminal().out()) : NewFile.write(file, content);
                root.terminal().clearStatus();
                SoftTokens.remarks(root, report);
                if (!toStandardOutput) {
                    root.print(
                            SoftTokens.document(report).and("file", file).fields(),
                            List.of(SoftTokens.line("backed up", report)));
                }
            }
        }
        return ExitCode.OK.code();
    }

    private static BackupReport write(SoftBackup backup, TokenInfo info, Pin pin, Pin secret, OutputStream out)
            throws TokenException, IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        BackupReport report = backup.write(info.serialNumber(), pin, secret, buffered);
        buffered.flush();
        return report;
    }
}

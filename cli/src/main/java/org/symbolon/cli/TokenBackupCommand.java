package org.symbolon.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
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
            "Whoever has the file and its passphrase, or a recipient's private key, has the keys: keep them apart."
        },
        footer = {
            "",
            "Examples:",
            "  symbolon token backup team.backup --token soft:sqlite:team.db",
            "  symbolon token backup team.backup --recipient safe.pem --token soft:sqlite:team.db"
        })
final class TokenBackupCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 17;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file to be made; - is standard output.")
    private Path file = Path.of("-");

    @Mixin
    private PassphraseOption passphrase = new PassphraseOption();

    @Option(
            names = "--recipient",
            paramLabel = "FILE",
            description = {
                "A certificate or public key (RSA, EC, X25519, X448) whose owner can restore the backup;",
                "may be given several times, in place of a passphrase."
            })
    private List<Path> recipients = List.of();

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
        if (!recipients.isEmpty() && passphrase.isGiven()) {
            throw CommandFailure.usage("a backup is for a --passphrase or for each --recipient, not for both");
        }
        if (!toStandardOutput) {
            NewFile.requireFree(file);
        }
        List<PublicKey> keys = recipientKeys();
        TokenConfiguration configured = tokens.choose(root.configuration());
        SoftBackup softToken = SoftTokens.of(root, configured, "backing up");
        SoftBackup backup = leaveOutDamaged ? softToken.withoutDamaged() : softToken;
        try (TokenModule module = configured.openModule()) {
            TokenInfo info = configured.token(module).info();
            try (Pin pin = login.userPin(root, configured, info)) {
                if (!keys.isEmpty()) {
                    write(root, out -> backup.write(info.serialNumber(), pin, keys, out));
                    return ExitCode.OK.code();
                }
                try (Pin secret = passphrase.fresh(root, "the backup")) {
                    write(root, out -> backup.write(info.serialNumber(), pin, secret, out));
                }
            }
        }
        return ExitCode.OK.code();
    }

    private List<PublicKey> recipientKeys() throws CommandFailure, IOException {
        List<PublicKey> keys = new ArrayList<>();
        for (Path recipient : recipients) {
            keys.add(RecipientFile.publicKey(recipient));
        }
        return keys;
    }

    private void write(Symbolon root, NewFile.Content<BackupReport> content) throws Exception {
        root.terminal().status("logging in");
        NewFile.Content<BackupReport> buffered = out -> buffered(content, out);
        boolean toStandardOutput = file.toString().equals("-");
        BackupReport report = toStandardOutput ? buffered.write(root.terminal().out()) : NewFile.write(file, buffered);
        root.terminal().clearStatus();
        SoftTokens.remarks(root, report);
        if (!toStandardOutput) {
            root.print(
                    SoftTokens.document(report).and("file", file).fields(),
                    List.of(SoftTokens.line("backed up", report)));
        }
    }

    private static BackupReport buffered(NewFile.Content<BackupReport> content, OutputStream out)
            throws TokenException, IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        BackupReport report = content.write(buffered);
        buffered.flush();
        return report;
    }
}

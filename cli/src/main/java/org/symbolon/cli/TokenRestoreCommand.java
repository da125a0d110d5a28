package org.symbolon.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenProtocolException;
import org.symbolon.config.OpenToken;
import org.symbolon.config.TokenConfiguration;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenPrivateKey;
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
        footer = {
            "",
            "Examples:",
            "  symbolon token restore team.backup --token soft:sqlite:new.db",
            "  symbolon token restore team.backup --recipient-key safe.key --token soft:sqlite:new.db"
        })
final class TokenRestoreCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 17;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The backup; - is standard input.")
    private Path file = Path.of("-");

    @Mixin
    private PassphraseOption passphrase = new PassphraseOption();

    @Option(
            names = "--recipient-key",
            paramLabel = "FILE",
            description = "The private key of a recipient of the backup, in a form that key import reads.")
    private @Nullable Path recipientKey;

    @Option(
            names = "--recipient-token",
            paramLabel = "NAME",
            description = "The token of the configuration file with the private key of a recipient.")
    private @Nullable String recipientToken;

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
        if (recipientKey != null && recipientToken != null) {
            throw CommandFailure.usage("a recipient's key is in a --recipient-key or a --recipient-token, not in both");
        }
        if (recipientToken != null) {
            try (OpenToken token = root.configuration().token(recipientToken).open()) {
                List<KeyPair> keys = keysOf(token.session(), root::remark);
                restore(root, (in, officer, user) -> backup.restore(in, keys, officer, user));
            }
        } else if (recipientKey != null) {
            Path keyFile = recipientKey;
            List<KeyPair> keys = RecipientFile.keyPairs(keyFile, () -> passphrase.only(root, keyFile));
            restore(root, (in, officer, user) -> backup.restore(in, keys, officer, user));
        } else {
            try (Pin secret = passphrase.only(root, "the backup")) {
                restore(root, (in, officer, user) -> backup.restore(in, secret, officer, user));
            }
        }
        return ExitCode.OK.code();
    }

    /** The key pairs of a token that may be a recipient's; what the JDK cannot use is none, and said in a remark. */
    static List<KeyPair> keysOf(Session session, Consumer<String> remarks) throws TokenException {
        List<KeyPair> keys = new ArrayList<>();
        for (TokenObject object : session.findAll(ObjectQuery.privateKeys())) {
            try {
                Optional<PublicKey> publicKey = PublicKeys.find(object);
                if (publicKey.isPresent()) {
                    keys.add(new KeyPair(
                            publicKey.get(), TokenPrivateKey.of(session, (PrivateKeyObject) object, publicKey.get())));
                }
            } catch (TokenProtocolException | InvalidKeyException e) {
                remarks.accept("passed over: " + e.getMessage());
            }
        }
        return keys;
    }

    /** Restores with what opens the backup. */
    @FunctionalInterface
    private interface Opening {
        BackupReport restore(InputStream in, Pin officer, Pin user) throws TokenException, IOException;
    }

    private void restore(Symbolon root, Opening opening) throws Exception {
        try (InputStream in = open(root);
                Pin officer = pins.securityOfficer(root, "the restored token");
                Pin user = pins.user(root, "the restored token")) {
            root.terminal().status("restoring");
            BackupReport report = restore(opening, in, officer, user);
            root.terminal().clearStatus();
            root.print(SoftTokens.document(report).fields(), List.of(SoftTokens.line("restored", report)));
            root.remark("its signing key is now " + report.verifyKey().toHex() + " (for the setting verify-key)");
        }
    }

    private BackupReport restore(Opening opening, InputStream in, Pin officer, Pin user)
            throws CommandFailure, TokenException {
        try {
            return opening.restore(in, officer, user);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, file + ": " + InputFile.reason(e));
        }
    }

    private InputStream open(Symbolon root) throws IOException {
        InputStream in = file.toString().equals("-") ? root.terminal().in() : Files.newInputStream(file);
        return new BufferedInputStream(in, BUFFER_BYTES);
    }
}

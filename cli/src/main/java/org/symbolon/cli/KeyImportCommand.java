package org.symbolon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.OpenToken;
import org.symbolon.soft.foreign.ForeignFormatException;
import org.symbolon.soft.foreign.KeyFile;
import org.symbolon.ssh.PrivateKeyFile;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.transfer.ObjectTransfer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code symbolon key import}. */
@Command(
        name = "import",
        description = {
            "Imports the keys and certificates of a file: OpenSSH, PKCS #8, PKCS #12, PKCS #1, SEC 1 or certificates,"
                    + " in PEM or DER; with --raw, the bytes of a secret key.",
            "The file stays where it is: delete it, and its backups, afterwards."
        },
        footer = {
            "",
            "Examples:",
            "  symbolon key import id_ed25519 --token soft:sqlite:team.db --label deploy",
            "  symbolon key import server.p12 --token soft:sqlite:team.db"
        })
final class KeyImportCommand implements Callable<Integer> {
    private static final byte[] OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PEM = "-----BEGIN ".getBytes(StandardCharsets.US_ASCII);
    private static final int DER_SEQUENCE = 0x30;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file; - is standard input.")
    private Path file = Path.of("-");

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "The label of the file's only key (default: as the file calls it).")
    private @Nullable String label;

    @Mixin
    private NewKeyOptions options = new NewKeyOptions();

    @Mixin
    private PassphraseOption passphrase = new PassphraseOption();

    @Option(
            names = "--raw",
            paramLabel = "TYPE",
            description = "The file is a secret key, and nothing else: aes or generic.")
    private @Nullable String raw;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        try (KeyFile read = read(root)) {
            List<Attributes> objects = named(read.objects());
            try (OpenToken open = login.open(root, tokens.choose(root.configuration()))) {
                Session session = open.session();
                for (Attributes object : objects) {
                    if (isKey(object)) {
                        NewKeyOptions.requireFree(session, object.get(Attribute.LABEL), object.get(Attribute.CLASS));
                    }
                }
                TransferOutput output = new TransferOutput(root, session.info().token(), "imported");
                ObjectTransfer transfer = ObjectTransfer.into(session, output);
                for (Attributes object : objects) {
                    transfer.object(object);
                }
                return output.end().code();
            }
        }
    }

    private KeyFile read(Symbolon root) throws CommandFailure, ConfigurationException, IOException {
        byte[] content = InputFile.read(file, root.terminal().in(), KeyFile.MAX_BYTES);
        try {
            if (raw != null) {
                return KeyFile.ofSecretKey(content, type(raw));
            }
            if (!isOpenSsh(content)) {
                return readForeign(root, content);
            }
            byte[] encoded = readOpenSsh(root, content).keyPair().getPrivate().getEncoded();
            try {
                return KeyFile.parse(encoded, Optional.empty());
            } finally {
                Arrays.fill(encoded, (byte) 0);
            }
        } catch (ForeignFormatException | SshFormatException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, file + ": " + e.getMessage());
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Whether it is OpenSSH's own form, or none that is known: the SSH side has good words for those. */
    private static boolean isOpenSsh(byte[] content) {
        boolean der = content.length > 0 && content[0] == DER_SEQUENCE;
        return !der && (contains(content, OPENSSH) || !contains(content, PEM));
    }

    private KeyFile readForeign(Symbolon root, byte[] content)
            throws CommandFailure, ConfigurationException, IOException {
        try {
            return KeyFile.parse(content, Optional.empty());
        } catch (ForeignFormatException e) {
            if (!e.passphraseMissing()) {
                throw e;
            }
            try (Pin pin = passphrase.only(root, file)) {
                return KeyFile.parse(content, Optional.of(pin));
            }
        }
    }

    private PrivateKeyFile readOpenSsh(Symbolon root, byte[] content)
            throws CommandFailure, ConfigurationException, IOException, SshFormatException {
        if (!PrivateKeyFile.isEncryptedOpenSsh(content)) {
            return PrivateKeyFile.parse(content);
        }
        try (Pin pin = passphrase.only(root, file)) {
            return PrivateKeyFile.parse(content, pin);
        }
    }

    private static boolean contains(byte[] content, byte[] text) {
        for (int i = 0; i + text.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + text.length, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }

    private static KeyType type(String name) throws CommandFailure {
        return switch (name) {
            case "aes" -> KeyType.AES;
            case "generic" -> KeyType.GENERIC_SECRET;
            default -> throw CommandFailure.usage("--raw takes aes or generic, not " + name);
        };
    }

    private static boolean isKey(Attributes object) {
        ObjectClass objectClass = object.get(Attribute.CLASS);
        return objectClass.equals(ObjectClass.PRIVATE_KEY) || objectClass.equals(ObjectClass.SECRET_KEY);
    }

    /** Returns the objects with the names of the command line in the place of the file's. */
    private List<Attributes> named(List<Attributes> objects) throws CommandFailure {
        List<Attributes> keys = objects.stream().filter(KeyImportCommand::isKey).toList();
        if (keys.size() > 1 && (label != null || options.id().isPresent())) {
            throw CommandFailure.usage(file + " has " + keys.size()
                    + " keys: leave --label and --id out, they are called as the file calls them");
        }
        List<Attributes> named = new ArrayList<>();
        for (Attributes object : objects) {
            boolean belongs = keys.isEmpty()
                    || object.find(Attribute.ID).equals(keys.get(0).find(Attribute.ID));
            Attributes.Builder result = Attributes.builder().setAll(object);
            if (belongs && label != null) {
                result.set(Attribute.LABEL, label);
            }
            if (belongs) {
                options.id().ifPresent(id -> result.set(Attribute.ID, id));
            }
            if (isKey(object)) {
                result.setAll(options.secret().attributes());
            }
            Attributes whole = result.build();
            if (!whole.has(Attribute.LABEL)) {
                throw CommandFailure.usage(file + " has a key without a name: give --label");
            }
            named.add(whole);
        }
        return named;
    }
}

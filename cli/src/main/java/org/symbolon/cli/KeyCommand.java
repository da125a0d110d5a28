package org.symbolon.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyPairObject;
import org.symbolon.ObjectClass;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenObject;
import org.symbolon.config.OpenToken;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code symbolon key}. */
@Command(
        name = "key",
        description = "Generates, imports and exports keys.",
        subcommands = {KeyImportCommand.class, KeyExportCommand.class})
final class KeyCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "key what? generate, import, export or export-public");
    }

    private Symbolon root() {
        return Symbolon.of(Objects.requireNonNull(spec));
    }

    @Command(
            name = "generate",
            description = "Makes a key in the token, which never leaves it.",
            footer = {
                "",
                "Examples:",
                "  symbolon key generate --token soft:sqlite:team.db --label deploy",
                "  symbolon key generate --token soft:sqlite:team.db --label tls --type rsa-3072"
            })
    int generate(
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            defaultValue = "ed25519",
                            description = KeyKind.FORMS + " (default: ${DEFAULT-VALUE}).")
                    String type,
            @Option(names = "--label", paramLabel = "LABEL", required = true, description = "The key's label.")
                    String label,
            @Mixin NewKeyOptions options,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        Symbolon root = root();
        KeyKind kind = KeyKind.parse(type);
        try (OpenToken open = login.open(root, tokens.choose(root.configuration()))) {
            Session session = open.session();
            NewKeyOptions.requireFree(session, label, kind.isPair() ? ObjectClass.PRIVATE_KEY : ObjectClass.SECRET_KEY);
            root.terminal().status("generating " + kind.name());
            List<TokenObject> made = generate(session, kind, label, options);
            root.terminal().clearStatus();
            print(root, "generated", session.info().token(), made);
        }
        return ExitCode.OK.code();
    }

    /** Generates with an id, or without one where none was asked for and the token lets nobody choose it. */
    private static List<TokenObject> generate(Session session, KeyKind kind, String label, NewKeyOptions options)
            throws TokenException {
        Template named = Template.label(label).onToken();
        try {
            return generate(session, kind, named.id(options.idOrRandom()), options.secret());
        } catch (InvalidAttributeException e) {
            if (options.id().isPresent()) {
                throw e;
            }
            return generate(session, kind, named, options.secret());
        }
    }

    private static List<TokenObject> generate(Session session, KeyKind kind, Template common, Template secret)
            throws TokenException {
        return kind.isPair()
                ? pair(session.generateKeyPair(kind.mechanism(), common, common.and(secret)))
                : List.of(session.generateKey(kind.mechanism(), common.and(secret)));
    }

    private static List<TokenObject> pair(KeyPairObject keys) {
        return List.of(keys.privateKey(), keys.publicKey());
    }

    private static void print(Symbolon root, String done, TokenInfo token, List<TokenObject> objects) {
        List<Object> documents = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (TokenObject object : objects) {
            documents.add(TokenTexts.document(token, object).fields());
            lines.add(done + " " + TokenTexts.line(token, object));
        }
        root.print(Document.with(done, documents).fields(), lines);
    }

    @Command(
            name = "export-public",
            description = "Prints the public half of a key.",
            footer = {
                "",
                "Example:",
                "  symbolon key export-public deploy --format openssh --token soft:sqlite:team.db > deploy.pub"
            })
    int exportPublic(
            @Mixin ObjectName name,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "openssh",
                            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
                    PublicKeyFormat format,
            @Option(
                            names = "--comment",
                            paramLabel = "TEXT",
                            description = "What follows an OpenSSH key (default: its label).")
                    @Nullable String comment,
            @Option(names = "--out", paramLabel = "FILE", description = "Write to a file (default: standard output).")
                    @Nullable Path out,
            @Mixin LoginOptions login,
            @Mixin TokenOptions tokens)
            throws Exception {
        Symbolon root = root();
        try (OpenToken open = login.openForReading(root, tokens.choose(root.configuration()))) {
            TokenObject object = keyOf(name.findAll(open.session()), name);
            Optional<Bytes> info = PublicKeys.subjectPublicKeyInfo(object.attributes());
            byte[] der = info.orElseThrow(() -> new CommandFailure(
                            ExitCode.NOT_FOUND, "the " + object.describe() + " does not carry its public key"))
                    .toByteArray();
            byte[] text = format.encode(der, comment == null ? object.label() : comment);
            if (out != null) {
                Files.write(out, text);
            } else if (root.json()) {
                root.print(document(open.session().info().token(), object, der, text, format), List.of());
            } else {
                root.terminal().out().write(text);
                root.terminal().out().flush();
            }
        }
        return ExitCode.OK.code();
    }

    /** Returns the public key of those found, else the private one that carries its public half. */
    private static TokenObject keyOf(List<TokenObject> found, ObjectName name) throws CommandFailure {
        for (ObjectClass wanted : List.of(ObjectClass.PUBLIC_KEY, ObjectClass.PRIVATE_KEY)) {
            List<TokenObject> keys = found.stream()
                    .filter(object -> object.objectClass().equals(wanted))
                    .toList();
            if (keys.size() == 1) {
                return keys.get(0);
            } else if (keys.size() > 1) {
                throw new CommandFailure(
                        ExitCode.NOT_FOUND,
                        keys.size() + " keys are meant by \"" + name.name() + "\"; name one by its pkcs11: URI");
            }
        }
        throw new CommandFailure(ExitCode.NOT_FOUND, "\"" + name.name() + "\" is no key with a public half");
    }

    private static Object document(
            TokenInfo token, TokenObject object, byte[] der, byte[] text, PublicKeyFormat format) {
        Document document = TokenTexts.document(token, object).and("format", format.toString());
        try {
            document.and(
                    "fingerprint", SshPublicKey.parseSubjectPublicKeyInfo(der).fingerprint());
        } catch (SshFormatException e) {
            document.and("fingerprint", null);
        }
        return document.and(
                        "publicKey",
                        format.isText()
                                ? PublicKeyFormat.text(text)
                                : Base64.getEncoder().encodeToString(text))
                .fields();
    }
}

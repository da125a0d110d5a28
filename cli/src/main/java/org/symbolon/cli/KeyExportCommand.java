package org.symbolon.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.AttributeTable;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.config.OpenToken;
import org.symbolon.soft.foreign.KeyFileWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code symbolon key export}. */
@Command(
        name = "export",
        description = {
            "Writes a private or secret key that may leave its token - extractable and not sensitive - into a file that"
                    + " only its owner reads.",
            "Private keys are encrypted under a passphrase unless --unencrypted is given."
        },
        footer = {"", "Example:", "  symbolon key export deploy --out deploy.pem --token soft:sqlite:team.db"})
final class KeyExportCommand implements Callable<Integer> {
    private static final int MAX_CHAIN = 10;

    /** How a key is written. */
    enum Format {
        /** PKCS #8 in PEM. */
        PEM,
        /** PKCS #8. */
        DER,
        /** PKCS #12, with the certificates of the key. */
        PKCS12,
        /** The bytes of a secret key. */
        RAW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ObjectName name = new ObjectName();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to be made.")
    private Path out = Path.of("-");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "pem",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); raw is for secret keys.")
    private Format format = Format.PEM;

    @Mixin
    private PassphraseOption passphrase = new PassphraseOption();

    @Option(names = "--unencrypted", description = "Write the key in the clear.")
    private boolean unencrypted;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    @Override
    public Integer call() throws Exception {
        Symbolon root = Symbolon.of(Objects.requireNonNull(spec));
        NewFile.requireFree(out);
        try (OpenToken open = login.open(root, tokens.choose(root.configuration()))) {
            Session session = open.session();
            TokenObject key = key(session);
            requireFormat(key);
            Attributes whole = attributes(session, key);
            byte[] content = content(root, session, key, whole);
            try {
                NewFile.write(out, file -> {
                    file.write(content);
                    return content.length;
                });
            } finally {
                Arrays.fill(content, (byte) 0);
                wipe(whole);
            }
            root.print(
                    TokenTexts.document(session.info().token(), key)
                            .and("file", out)
                            .and("format", format)
                            .and("encrypted", isEncrypted())
                            .fields(),
                    List.of("exported " + TokenTexts.line(session.info().token(), key)));
        }
        return ExitCode.OK.code();
    }

    private boolean isEncrypted() {
        return !unencrypted && format != Format.RAW;
    }

    private TokenObject key(Session session) throws TokenException, CommandFailure {
        List<TokenObject> keys = name.findAll(session).stream()
                .filter(object -> object.objectClass().equals(ObjectClass.PRIVATE_KEY)
                        || object.objectClass().equals(ObjectClass.SECRET_KEY))
                .toList();
        if (keys.size() == 1) {
            return keys.get(0);
        }
        throw new CommandFailure(
                ExitCode.NOT_FOUND,
                keys.isEmpty()
                        ? "\"" + name.name() + "\" is no private and no secret key"
                        : keys.size() + " keys are meant by \"" + name.name() + "\"; name one by its pkcs11: URI");
    }

    private void requireFormat(TokenObject key) throws CommandFailure {
        boolean secret = key.objectClass().equals(ObjectClass.SECRET_KEY);
        if (secret != (format == Format.RAW)) {
            throw CommandFailure.usage(
                    secret
                            ? "a secret key is written with --format raw"
                            : "a private key is written as pem, der or pkcs12, not as raw bytes");
        }
        if (format == Format.PKCS12 && unencrypted) {
            throw CommandFailure.usage("a PKCS #12 file is encrypted always: leave --unencrypted out");
        }
        if (format == Format.RAW && !unencrypted) {
            throw CommandFailure.usage("--format raw writes the key in the clear: say so with --unencrypted");
        }
    }

    private static Attributes attributes(Session session, TokenObject key) throws TokenException, CommandFailure {
        var rules = AttributeTable.rules(key.objectClass(), key.attributes().find(Attribute.KEY_TYPE));
        Attributes whole = session.getAttributes(key, rules.keySet());
        boolean shown = rules.values().stream().noneMatch(rule -> rule.secret() && whole.isSensitive(rule.attribute()));
        boolean leaves = shown
                && !whole.isTrue(Attribute.SENSITIVE)
                && whole.find(Attribute.EXTRACTABLE).orElse(true);
        if (!leaves) {
            wipe(whole);
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "the " + key.describe() + " does not leave its token: CKA_SENSITIVE is "
                            + whole.isTrue(Attribute.SENSITIVE) + ", CKA_EXTRACTABLE "
                            + whole.isTrue(Attribute.EXTRACTABLE)
                            + "; \"token backup\" moves the whole token of a soft token");
        }
        return whole;
    }

    private byte[] content(Symbolon root, Session session, TokenObject key, Attributes whole) throws Exception {
        if (format == Format.RAW) {
            return whole.get(Attribute.VALUE).toByteArray();
        }
        if (unencrypted) {
            byte[] der = KeyFileWriter.pkcs8(whole);
            return format == Format.PEM ? KeyFileWriter.pem("PRIVATE KEY", der) : der;
        }
        try (Pin secret = passphrase.fresh(root, out)) {
            if (format == Format.PKCS12) {
                return KeyFileWriter.pkcs12(key.label(), whole, chain(session, whole), secret);
            }
            byte[] der = KeyFileWriter.encryptedPkcs8(whole, secret);
            return format == Format.PEM ? KeyFileWriter.pem("ENCRYPTED PRIVATE KEY", der) : der;
        }
    }

    /** Returns the key's certificate and those of its issuers, as far as the token has them. */
    private static List<Bytes> chain(Session session, Attributes key) throws TokenException {
        List<Bytes> chain = new ArrayList<>();
        ObjectQuery query = ObjectQuery.certificates().id(key.find(Attribute.ID).orElse(Bytes.empty()));
        while (chain.size() < MAX_CHAIN) {
            Optional<TokenObject> found = session
                    .findAll(
                            query.limit(1),
                            AttributeTable.rules(ObjectClass.CERTIFICATE, Optional.empty())
                                    .keySet())
                    .stream()
                    .findFirst();
            if (found.isEmpty()) {
                break;
            }
            Attributes certificate = found.get().attributes();
            chain.add(certificate.get(Attribute.VALUE));
            Optional<Bytes> issuer = certificate.find(Attribute.ISSUER).filter(bytes -> !bytes.isEmpty());
            if (issuer.isEmpty() || issuer.equals(certificate.find(Attribute.SUBJECT))) {
                break;
            }
            query = ObjectQuery.certificates().with(Attribute.SUBJECT, issuer.get());
        }
        return chain;
    }

    private static void wipe(Attributes attributes) {
        for (Attribute<?> attribute : attributes.present()) {
            if (attributes.find(attribute).orElse(null) instanceof SecretBytes secret) {
                secret.close();
            }
        }
    }
}

package org.symbolon.cli;

import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import picocli.CommandLine.Option;

/** What names a new key beside its label, and whether it can ever leave the token. */
final class NewKeyOptions {
    private static final int ID_BYTES = 16;

    @Option(names = "--id", paramLabel = "HEX", description = "Its CKA_ID in hexadecimal (default: made for it).")
    private @Nullable String id;

    @Option(names = "--extractable", description = "Allow that the key is wrapped by another and so leaves the token.")
    private boolean extractable;

    @Option(
            names = "--exportable",
            description = "Allow that the key is read out of the token: key export. It is not sensitive then.")
    private boolean exportable;

    /** Returns the id that was given, or a new one. */
    Bytes idOrRandom() {
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        return id().orElseGet(() -> Bytes.of(random));
    }

    Optional<Bytes> id() {
        return Optional.ofNullable(id).map(Bytes::ofHex);
    }

    Template secret() {
        return Template.of(Attribute.SENSITIVE, !exportable).with(Attribute.EXTRACTABLE, extractable || exportable);
    }

    static void requireFree(Session session, String label, ObjectClass objectClass)
            throws TokenException, CommandFailure {
        if (!session.findAll(ObjectQuery.of(objectClass).label(label).limit(1)).isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "there is a key \"" + label + "\" already; choose another label, or remove it first");
        }
    }
}

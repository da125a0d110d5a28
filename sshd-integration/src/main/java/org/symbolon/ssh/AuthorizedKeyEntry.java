package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Set;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.DataObject;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Template;

/**
 * An authorized key that is more than a plain key - it has options or a comment, is a FIDO key or a CA's - as a data object
 * (CKO_DATA) whose CKA_VALUE is its authorized_keys line.
 *
 * <p>No public key object says so much, and who reads only those never takes such a key for a plain one. CKA_APPLICATION names
 * the user's label; CKA_LABEL has the fingerprint too, so that each is found by one exact find and named apart in tokens
 * without CKA_UNIQUE_ID.
 */
final class AuthorizedKeyEntry {
    /** What is read of an entry. */
    static final Set<Attribute<?>> READ =
            Set.of(Attribute.UNIQUE_ID, Attribute.TOKEN, Attribute.PRIVATE, Attribute.APPLICATION, Attribute.VALUE);

    private static final String APPLICATION = "authorized_keys ";
    private static final int MAX_BYTES = 4 * AuthorizedKeysLine.MAX_LINE_CHARS;

    private AuthorizedKeyEntry() {}

    static ObjectQuery ofUser(String label) {
        return ObjectQuery.of(ObjectClass.DATA).with(Attribute.APPLICATION, APPLICATION + label);
    }

    static ObjectQuery ofKey(String label, SshPublicKey key) {
        return ofUser(label).label(label(label, key));
    }

    static Template template(String label, AuthorizedKeysLine line) {
        return Template.of(Attribute.CLASS, ObjectClass.DATA)
                .with(Attribute.TOKEN, true)
                .with(Attribute.PRIVATE, false)
                .with(Attribute.LABEL, label(label, line.key()))
                .with(Attribute.APPLICATION, APPLICATION + label)
                .and(value(line));
    }

    static Template value(AuthorizedKeysLine line) {
        return Template.of(Attribute.VALUE, Bytes.wrap(line.toLine().getBytes(UTF_8)));
    }

    /** Whether a token kept what it was given. */
    static boolean isKept(Template given, Attributes kept) {
        return given.attributes().find(Attribute.VALUE).equals(kept.find(Attribute.VALUE))
                && given.attributes().find(Attribute.APPLICATION).equals(kept.find(Attribute.APPLICATION));
    }

    static AuthorizedKeysLine read(DataObject object) throws SshFormatException {
        Bytes value = object.attributes().find(Attribute.VALUE).orElse(Bytes.empty());
        if (value.length() > MAX_BYTES) {
            throw new SshFormatException("its line has " + value.length() + " bytes, at most " + MAX_BYTES);
        }
        try {
            return AuthorizedKeysLine.parse(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(value.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new SshFormatException("its line is not UTF-8", e);
        }
    }

    /** The fingerprint that an entry's label ends in: of which key it is, even if it cannot be read. */
    static String fingerprint(DataObject object) {
        String label = object.label();
        return label.substring(label.lastIndexOf(' ') + 1);
    }

    private static String label(String label, SshPublicKey key) {
        return label + " " + key.fingerprint();
    }
}

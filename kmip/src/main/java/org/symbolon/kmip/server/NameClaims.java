package org.symbolon.kmip.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import org.symbolon.Attribute;
import org.symbolon.AttributeType;
import org.symbolon.Bytes;
import org.symbolon.kmip.object.Name;

/** Names as claims on the token (CKA_SYMBOLON_CLAIMS): whichever server of a token gives one, no other object has it. */
final class NameClaims {
    /** Where they are, in tokens that keep KMIP's attributes. */
    static final Attribute<Bytes> CLAIMS =
            Attribute.named("CKA_SYMBOLON_CLAIMS").orElseThrow().as(AttributeType.BYTES);

    private NameClaims() {}

    /** Returns the claims of some Names, each once. */
    static Bytes of(Collection<Name> names) {
        ByteArrayOutputStream claims = new ByteArrayOutputStream();
        names.stream().distinct().map(NameClaims::digest).forEach(claims::writeBytes);
        return Bytes.wrap(claims.toByteArray());
    }

    private static byte[] digest(Name name) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(name.nameType().value())
                    .flip());
            return sha256.digest(name.nameValue().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}

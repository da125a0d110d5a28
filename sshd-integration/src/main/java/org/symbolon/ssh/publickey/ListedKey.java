package org.symbolon.ssh.publickey;

import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;

/**
 * A key as a server lists it.
 *
 * @param algorithm the name of its algorithm, as the server says
 * @param blob the key blob, as the server says
 * @param attributes its attributes; none is critical, since servers do not say so
 */
public record ListedKey(String algorithm, Bytes blob, List<KeyAttribute> attributes) {
    /** Copies the attributes. */
    public ListedKey {
        attributes = List.copyOf(attributes);
    }

    /**
     * The key itself.
     *
     * @return the key, or empty where it is of a kind that is not supported here, or is none
     */
    public Optional<SshPublicKey> key() {
        try {
            return Optional.of(SshPublicKey.parse(blob.toByteArray()));
        } catch (SshFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * The value of an attribute.
     *
     * @param name its name
     * @return the first value, or empty where the key has no such attribute
     */
    public Optional<String> attribute(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(KeyAttribute::value)
                .findFirst();
    }
}

package org.symbolon.ssh.publickey;

import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;

/**
 * A certificate as a server lists it.
 *
 * @param format {@code X509}: DER; or another of RFC 7076
 * @param blob the certificate
 * @param attributes its attributes, the namespace among them
 */
public record ListedCertificate(String format, Bytes blob, List<KeyAttribute> attributes) {
    /** Copies the attributes. */
    public ListedCertificate {
        attributes = List.copyOf(attributes);
    }

    /**
     * Where the certificate belongs.
     *
     * @return the namespace, or empty where the server did not say it
     */
    public Optional<String> namespace() {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(KeyAttribute.NAMESPACE))
                .map(KeyAttribute::value)
                .findFirst();
    }
}

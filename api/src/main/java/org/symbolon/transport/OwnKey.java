package org.symbolon.transport;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.symbolon.Pin;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SecretReference;

/**
 * The file that an end of TLS has its own key from: PKCS #12, or PEM with a key of PKCS #8, which may be encrypted, and the
 * certificates.
 *
 * @param file the file
 * @param certificates the file with the certificates in PEM, the key's own first, where they are not in the file of the key
 * @param password where the password of the file is, if it has one
 */
public record OwnKey(Path file, Optional<Path> certificates, Optional<Password> password) {
    /** Where a password is. */
    @FunctionalInterface
    public interface Password {
        /**
         * Reads it.
         *
         * @return the password, which the caller closes
         * @throws ConfigurationException if it cannot be read
         */
        Pin read() throws ConfigurationException;

        /** {@return the file that it is read from, if it is in one} */
        default Optional<Path> source() {
            return Optional.empty();
        }

        /**
         * Returns the password that a reference leads to, which is read anew each time.
         *
         * @param reference the reference
         * @return the password
         */
        static Password of(SecretReference reference) {
            return new Password() {
                @Override
                public Pin read() throws ConfigurationException {
                    return reference.read();
                }

                @Override
                public Optional<Path> source() {
                    return reference instanceof SecretReference.SecretFile secret
                            ? Optional.of(secret.path())
                            : Optional.empty();
                }
            };
        }
    }

    /**
     * Returns a key in a file that has its certificates, too.
     *
     * @param file the file
     * @param password where its password is
     * @return the key
     */
    public static OwnKey of(Path file, Password password) {
        return new OwnKey(file, Optional.empty(), Optional.of(password));
    }

    /** {@return the files to look at for a change} */
    public List<Path> files() {
        return Stream.of(Stream.of(file), certificates.stream(), password.flatMap(Password::source).stream())
                .flatMap(each -> each)
                .toList();
    }
}

package org.symbolon.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.symbolon.config.SecretReference;

/**
 * The files that a port with TLS has its keys and certificates from. They are looked at every few seconds: who connects after one
 * was replaced meets the new ones, who is connected stays so. Where the new ones cannot be used, the old ones stay, and the log
 * and the metrics say so.
 *
 * @param keyStore the PKCS #12 file with the server's key and certificate
 * @param password where the file's password is; read anew each time
 * @param authorities the file with the certificates, in PEM, of the authorities whose clients are let in
 * @param revoked the file with the authorities' lists of revoked certificates (RFC 5280 CRLs), in PEM or DER. With it, only those
 *     are let in whose authority has a list there that is in force; without it, nothing is asked
 */
public record TlsFiles(Path keyStore, SecretReference password, Path authorities, Optional<Path> revoked) {
    /** Returns the files to look at. */
    List<Path> all() {
        Stream<Path> secret =
                password instanceof SecretReference.SecretFile file ? Stream.of(file.path()) : Stream.empty();
        return Stream.of(Stream.of(keyStore, authorities), secret, revoked.stream())
                .flatMap(files -> files)
                .toList();
    }
}

package org.symbolon.jca;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;

/** Certificates in files, PEM or DER, one or several in each, which complete the chains of a token's keys. */
final class CertificateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFolder.class);
    private static final int MAX_FILES = 1000;
    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final List<String> ENDINGS = List.of(".pem", ".crt", ".cer", ".der", ".p7b");

    private CertificateFolder() {}

    /**
     * Reads certificates.
     *
     * @param paths files, and folders whose files end in .pem, .crt, .cer, .der or .p7b
     * @throws TokenException if a path cannot be read; a single bad file of a folder is told in the log
     */
    static List<X509Certificate> read(List<Path> paths) throws TokenException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Path path : paths) {
            try {
                if (Files.isDirectory(path)) {
                    readFolder(path, certificates);
                } else {
                    readFile(path, certificates);
                }
            } catch (IOException | CertificateException e) {
                throw new TokenOperationException(
                        Status.ckr("CKR_FUNCTION_FAILED"), "the certificates in " + path + " cannot be read: " + e, e);
            }
        }
        return certificates;
    }

    private static void readFolder(Path folder, List<X509Certificate> certificates) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(CertificateFolder::isNamedSo)
                    .sorted()
                    .limit(MAX_FILES)
                    .toList()) {
                try {
                    readFile(file, certificates);
                } catch (CertificateException e) {
                    LOG.warn("{} is left out of the chains, it cannot be read: {}", file, e.getMessage());
                }
            }
        }
    }

    private static boolean isNamedSo(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static void readFile(Path file, List<X509Certificate> certificates)
            throws IOException, CertificateException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new CertificateException(file + " has more than " + MAX_FILE_BYTES + " bytes");
        }
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                certificates.add((X509Certificate) certificate);
            }
        }
    }
}

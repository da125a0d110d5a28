package org.symbolon.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.symbolon.Session;
import org.symbolon.config.OpenToken;
import org.symbolon.ssh.PublicKeyFile;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.certificate.CertificateValidity;
import org.symbolon.ssh.certificate.SshCertificate;
import org.symbolon.ssh.certificate.SshCertificateAuthority;
import org.symbolon.ssh.certificate.SshCertificateBuilder;
import org.symbolon.ssh.certificate.StoredCertificates;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What both kinds of certificates are signed with. */
final class SshCaSigning {
    /** In place of the usual one, which would take -V for the version. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Public keys. The certificate of alice.pub is written to alice-cert.pub, that of - to"
                    + " standard output.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--key",
            paramLabel = "LABEL",
            description = "Certify a key of the same token and keep the certificate beside it; may be repeated.")
    private List<String> labels = new ArrayList<>();

    @Option(
            names = "-I",
            required = true,
            paramLabel = "ID",
            description = "The key id: what servers log, and a name to revoke by.")
    private String keyId = "";

    @Option(
            names = "-n",
            required = true,
            paramLabel = "NAMES",
            description = "Whom it is for: users or hosts, with commas between them.")
    private String principals = "";

    @Option(names = "-z", paramLabel = "SERIAL", description = "The serial (default: a number that is not taken).")
    private @Nullable String serial;

    @Mixin
    private AuthorityOption ca = new AuthorityOption();

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Mixin
    private TokenOptions tokens = new TokenOptions();

    /** Begins a certificate for a key. */
    @FunctionalInterface
    interface Kind {
        SshCertificateBuilder begin(SshPublicKey key);
    }

    int sign(Symbolon root, String validity, Kind kind) throws Exception {
        if (files.isEmpty() && labels.isEmpty()) {
            throw CommandFailure.usage("which key? Give a file or --key");
        }
        if (serial != null && files.size() + labels.size() > 1) {
            throw CommandFailure.usage("one serial is for one key; leave -z out");
        }
        CertificateValidity span = CertificateValidity.parse(validity, Instant.now(), ZoneId.systemDefault());
        List<Object> documents = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try (OpenToken open = login.open(root, tokens.choose(root.configuration()))) {
            SshCertificateAuthority authority = ca.authority(open.session());
            for (Path file : files) {
                PublicKeyFile key =
                        PublicKeyFile.parse(InputFile.read(file, root.terminal().in()));
                SshCertificate certificate = authority.issue(filled(kind.begin(key.key()), span));
                boolean out = file.toString().equals("-");
                String line = certificate.toOpenSshLine(key.comment());
                Path target = certificateFile(file);
                if (!out) {
                    Files.writeString(target, line + "\n");
                }
                documents.add(CertificateTexts.document(certificate)
                        .and("line", line)
                        .and("file", out ? null : target.toString())
                        .fields());
                lines.add(out ? line : target + ": " + CertificateTexts.line(certificate));
            }
            for (String label : labels) {
                SshCertificate certificate = beside(open.session(), authority, label, kind, span);
                documents.add(CertificateTexts.document(certificate)
                        .and("line", certificate.toOpenSshLine(label))
                        .and("key", label)
                        .fields());
                lines.add(TokenTexts.printable(label) + ": " + CertificateTexts.line(certificate));
            }
        }
        root.print(Document.with("certificates", documents).fields(), lines);
        return ExitCode.OK.code();
    }

    private SshCertificate beside(
            Session session, SshCertificateAuthority authority, String label, Kind kind, CertificateValidity span)
            throws Exception {
        TokenSshKey key = TokenSshKey.of(session, session.privateKey(label));
        SshCertificate certificate = authority.issue(filled(kind.begin(key.publicKey()), span));
        for (SshCertificate older : key.certificates()) {
            if (older.kind() == certificate.kind() && older.authority().equals(certificate.authority())) {
                StoredCertificates.remove(session, label, older);
            }
        }
        StoredCertificates.add(session, label, certificate);
        return certificate;
    }

    private SshCertificateBuilder filled(SshCertificateBuilder builder, CertificateValidity span)
            throws CommandFailure {
        return builder.keyId(keyId)
                .principals(Arrays.asList(principals.split(",", -1)))
                .validity(span)
                .serial(serial == null ? 0 : Serials.parse("-z", serial));
    }

    private static Path certificateFile(Path file) {
        String name = file.getFileName().toString();
        String base = name.endsWith(".pub") ? name.substring(0, name.length() - 4) : name;
        return file.resolveSibling(base + "-cert.pub");
    }
}

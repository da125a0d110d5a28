package org.symbolon.tests.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.certificate.StoredCertificates;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

/** The tables of libraries in docs/ssh.md: with and without Bouncy Castle, keys of a remote token, OpenSSH at the other end. */
class LibraryMatrixTest {
    private static final Path PAGE = Peer.root().resolve("docs/ssh.md");
    private static final Pattern ROW = Pattern.compile("\\|[^|]+\\|( (yes|–|with(out)? Bouncy Castle) \\|)+");
    private static final Map<String, Mechanism> KEYS = Map.of(
            "RSA", Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
            "P-256", Mechanism.keyPairGen(NamedCurve.P256),
            "P-384", Mechanism.keyPairGen(NamedCurve.P384),
            "P-521", Mechanism.keyPairGen(NamedCurve.P521),
            "Ed25519", Mechanism.keyPairGen(NamedCurve.ED25519),
            "certified RSA", Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
            "certified P-256", Mechanism.keyPairGen(NamedCurve.P256));

    @TempDir
    private Path folder;

    @Test
    void libraries_withKeysOfARemoteToken_doWhatTheTableSays() throws Exception {
        try (OpenSshServer sshd = OpenSshServer.start(folder);
                TokenModule module = SoftTokens.inMemory();
                Session session = SoftTokens.newSession(module, "Libraries");
                RemoteTokenServer server = RemoteTokenServer.builder()
                        .module(module)
                        .unixSocket(folder.resolve("tokens"))
                        .start()) {
            OpenSsh openSsh = new OpenSsh(folder);
            openSsh.newKey("user", "ed25519", 256);
            List<String> authorized = new ArrayList<>();
            authorized.add("cert-authority "
                    + openSsh.newKey("authority", "ed25519", 256).toOpenSshLine(""));
            for (String label : LibraryLogins.LABELS) {
                SshPublicKey key = SshPublicKey.of(PublicKeys.of(session.generateKeyPair(
                                Objects.requireNonNull(KEYS.get(label), label),
                                Template.label(label).onToken())
                        .publicKey()));
                if (label.startsWith("certified")) {
                    StoredCertificates.add(session, label, openSsh.certify(key, "authority", OpenSshServer.USER));
                } else {
                    authorized.add(key.toOpenSshLine(label));
                }
            }
            sshd.authorizeLines(authorized);

            String token = "p11:" + server.addresses().get(0);
            List<String> with = run(token, sshd, entry -> true);
            List<String> without = run(
                    token,
                    sshd,
                    entry -> !Path.of(entry).getFileName().toString().startsWith("bc"));

            assertThat(with).first().isEqualTo("Bouncy Castle;true");
            assertThat(without).first().isEqualTo("Bouncy Castle;false");
            assertThat(rows(with.subList(1, with.size()), without.subList(1, without.size())))
                    .isEqualTo(documented());
        }
    }

    private List<String> run(String token, OpenSshServer sshd, Predicate<String> entries) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entries)
                .collect(Collectors.joining(File.pathSeparator));
        Path lines = folder.resolve("lines");
        Program program = Program.run(
                Path.of(System.getProperty("java.home"), "bin/java"),
                "-Xmx200m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                LibraryLogins.class.getName(),
                token,
                "Libraries",
                sshd.port(),
                sshd.hostKey().toOpenSshLine(""),
                folder,
                lines);
        assertThat(program.exitCode()).as(program.output()).isZero();
        return Files.readAllLines(lines);
    }

    /** The rows of both tables: plain keys, and clients with certified ones. */
    private static List<String> rows(List<String> with, List<String> without) {
        List<String> keys = new ArrayList<>();
        List<String> certificates = new ArrayList<>();
        for (int library = 0; library < with.size(); library++) {
            String[] one = with.get(library).split(";", -1);
            String[] other = without.get(library).split(";", -1);
            keys.add(row(one, other, 1, LibraryLogins.PLAIN + 1));
            if (one[0].endsWith("client")) {
                certificates.add(row(one, other, LibraryLogins.PLAIN + 1, one.length));
            }
        }
        keys.addAll(certificates);
        return keys;
    }

    private static String row(String[] with, String[] without, int from, int to) {
        StringBuilder row = new StringBuilder("| ").append(with[0]).append(" |");
        for (int key = from; key < to; key++) {
            row.append(' ').append(cell(with[key], without[key])).append(" |");
        }
        return row.toString();
    }

    private static String cell(String with, String without) {
        if (with.equals(without)) {
            return with.isEmpty() ? "–" : with;
        }
        return with.isEmpty() ? "without Bouncy Castle" : "with Bouncy Castle";
    }

    /** The rows of the tables below the heading, without their heads. */
    private static List<String> documented() throws Exception {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("## Keys in SSH libraries"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> ROW.matcher(line).matches())
                .toList();
    }
}

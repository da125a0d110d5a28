package org.symbolon.tests.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.MechanismType;
import org.symbolon.Session;
import org.symbolon.key.PublicKeys;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** What p11-kit-client.so lets through of what a token offers: what stands in the lists of its release, and nothing else. */
@Timeout(300)
class VisibleMechanismsTest {
    private static final long ECDH1_DERIVE = 0x1050;
    private static final long AES_CBC_PAD = 0x1085;
    private static final String IV = "000102030405060708090a0b0c0d0e0f";

    @TempDir
    Path folder;

    private ServedTokens tokens;

    @BeforeEach
    void serve() throws Exception {
        tokens = new ServedTokens(folder);
    }

    @AfterEach
    void close() {
        tokens.close();
    }

    private Set<Long> visible() throws Exception {
        String listed = tokens.run(
                Map.of(),
                Peer.require("p11tool", "gnutls-bin"),
                "--provider",
                ServedTokens.library(),
                "--list-mechanisms",
                "pkcs11:token=Served");
        return Pattern.compile("^\\[0x([0-9a-f]+)]", Pattern.MULTILINE)
                .matcher(listed)
                .results()
                .map((MatchResult line) -> Long.parseLong(line.group(1), 16))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<Long> offered() throws Exception {
        try (Session session = tokens.session()) {
            return session.token().mechanisms().keySet().stream()
                    .map(MechanismType::code)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The mechanisms that each release of p11-kit knows. */
    private static Map<String, Set<Long>> known() throws Exception {
        Map<String, Set<Long>> known = new TreeMap<>();
        Path tables = Peer.root().resolve("../shared/reference/remote-p11/type-tables.tsv");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(tables) || "true".equals(System.getenv("CI")), "the reference is not on this machine");
        for (String line : Files.readAllLines(tables)) {
            String[] cells = line.split("\t", -1);
            if (cells[1].equals("mech")) {
                known.computeIfAbsent(cells[0], release -> new TreeSet<>()).add(Long.decode(cells[4]));
            }
        }
        return known;
    }

    @Test
    void mechanisms_throughTheLibrary_areThoseThatItsReleaseKnows() throws Exception {
        Set<Long> offered = offered();
        List<Set<Long>> throughEachRelease = known().values().stream()
                .map(known -> {
                    Set<Long> both = new TreeSet<>(offered);
                    both.retainAll(known);
                    return both;
                })
                .toList();
        assertThat(offered).hasSizeGreaterThan(100);
        assertThat(throughEachRelease).hasSize(4).contains(visible());
    }

    @Test
    void aes_throughTheTool_encryptsInTheModesThatAreVisible() throws Exception {
        tokens.pkcs11ToolOfUser("--keygen", "--key-type", "AES:32", "--label", "aes", "--id", "02");
        byte[] message = "two blocks of text, 32 bytes all".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Path plaintext = tokens.file("plaintext", message);
        Path ciphertext = folder.resolve("ciphertext");
        Path decrypted = folder.resolve("decrypted");
        tokens.pkcs11ToolOfUser("--encrypt", "-m", "AES-ECB", "--id", "02", "-i", plaintext, "-o", ciphertext);
        tokens.pkcs11ToolOfUser("--decrypt", "-m", "AES-ECB", "--id", "02", "-i", ciphertext, "-o", decrypted);
        assertThat(ciphertext).hasSize(message.length);
        assertThat(decrypted).hasBinaryContent(message);
        Object[] cbc = {"--encrypt", "-m", "AES-CBC-PAD", "--iv", IV, "--id", "02", "-i", plaintext, "-o", ciphertext};
        if (!visible().contains(AES_CBC_PAD)) {
            assertHidden(cbc);
            return;
        }
        tokens.pkcs11ToolOfUser(cbc);
        tokens.pkcs11ToolOfUser(
                "--decrypt", "-m", "AES-CBC-PAD", "--iv", IV, "--id", "02", "-i", ciphertext, "-o", decrypted);
        assertThat(decrypted).hasBinaryContent(message);
    }

    @Test
    void ecdh_throughTheTool_derivesIfItIsVisible() throws Exception {
        tokens.pkcs11ToolOfUser(
                "--keypairgen", "--key-type", "EC:prime256v1", "--label", "ecdh", "--id", "03", "--usage-derive");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair peer = generator.generateKeyPair();
        Path shared = folder.resolve("shared");
        Object[] derive = {
            "--derive",
            "-m",
            "ECDH1-DERIVE",
            "--id",
            "03",
            "-i",
            tokens.file("peer", peer.getPublic().getEncoded()),
            "-o",
            shared
        };
        if (!visible().contains(ECDH1_DERIVE)) {
            assertHidden(derive);
            return;
        }
        tokens.pkcs11ToolOfUser(derive);
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(peer.getPrivate());
        try (Session session = tokens.session()) {
            agreement.doPhase(PublicKeys.of(session.publicKey("ecdh")), true);
        }
        assertThat(shared).hasBinaryContent(agreement.generateSecret());
    }

    private void assertHidden(Object[] arguments) throws Exception {
        Program refused = tokens.tryPkcs11ToolOfUser(arguments);
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("CKR_MECHANISM_INVALID");
    }
}

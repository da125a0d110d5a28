package org.symbolon.tests.remote.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.key.PublicKeys;
import org.symbolon.tests.Peer;

/** NSS, the library of Firefox and Thunderbird, with a soft token that our server serves. */
@Timeout(300)
class NssTest {
    @TempDir
    Path folder;

    private ServedTokens tokens;
    private Path pin;

    @BeforeEach
    void loadTheModule() throws Exception {
        tokens = new ServedTokens(folder);
        pin = tokens.file("pin", (ServedTokens.pin() + "\n").getBytes(US_ASCII));
        Path database = Files.createDirectory(folder.resolve("nss"));
        tokens.run(Map.of(), certutil(), "-N", "-d", database(), "--empty-password");
        tokens.run(
                Map.of(),
                modutil(),
                "-dbdir",
                "sql:" + database,
                "-force",
                "-add",
                "Symbolon",
                "-libfile",
                ServedTokens.library());
    }

    @AfterEach
    void close() {
        tokens.close();
    }

    private static Path certutil() {
        return Peer.require("certutil", "libnss3-tools");
    }

    private static Path modutil() {
        return Peer.require("modutil", "libnss3-tools");
    }

    private String database() {
        return "sql:" + folder.resolve("nss");
    }

    /** Runs certutil on the token. */
    private String certutilOfUser(Object... arguments) throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>(List.of(certutil()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-d", database(), "-h", ServedTokens.LABEL, "-f", pin));
        return tokens.run(Map.of(), command.toArray());
    }

    private String openssl(Object... arguments) throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>(List.of(Peer.require("openssl", "openssl")));
        command.addAll(List.of(arguments));
        return tokens.run(Map.of(), command.toArray());
    }

    private Path publicKey(String label) throws Exception {
        try (Session session = tokens.session()) {
            return tokens.file(
                    label + ".der", PublicKeys.of(session.publicKey(label)).getEncoded());
        }
    }

    @Test
    void modutil_listsTheTokenAndTheEmptySlot() throws Exception {
        assertThat(tokens.run(Map.of(), modutil(), "-dbdir", database(), "-list", "Symbolon"))
                .containsPattern("Token Name: Served *\n")
                .contains("Token Manufacturer: Symbolon", "Login Type: Login required", "User Pin: Initialized")
                .contains("DISABLED (could not initialize token)");
        assertThat(tokens.run(Map.of(), certutil(), "-U", "-d", database())).contains("pkcs11:token=Served");
    }

    @Test
    void certutil_signsARequestWithAKeyOfTheToken() throws Exception {
        try (Session session = tokens.session()) {
            session.generateKeyPair(
                    Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                    Template.label("rsa").id(Bytes.of((byte) 0x0a)));
            session.generateKeyPair(
                    Mechanism.keyPairGen(NamedCurve.P256),
                    Template.label("p256").id(Bytes.of((byte) 0x0b)));
        }
        assertThat(certutilOfUser("-K")).containsPattern("rsa +0a +rsa").containsPattern("ec +0b +p256");
        for (String[] key : new String[][] {{"0a", "rsa"}, {"0b", "p256"}}) {
            Path request = folder.resolve("request");
            certutilOfUser("-R", "-k", key[0], "-s", "CN=" + key[1], "-a", "-o", request);
            assertThat(openssl("req", "-in", request, "-noout", "-verify", "-subject"))
                    .contains("verify OK", "CN = " + key[1]);
            openssl("req", "-in", request, "-noout", "-pubkey", "-out", folder.resolve("in.request"));
            openssl("pkey", "-pubin", "-inform", "DER", "-in", publicKey(key[1]), "-out", folder.resolve("in.token"));
            assertThat(folder.resolve("in.request")).hasSameTextualContentAs(folder.resolve("in.token"));
        }
    }

    @Test
    void certutil_makesKeysAndTheirCertificatesOnTheToken() throws Exception {
        Path noise = tokens.file("noise", new byte[64]);
        certutilOfUser("-S", "-x", "-k", "ec", "-q", "nistp256", "-n", "ec", "-s", "CN=ec", "-t", ",,", "-z", noise);
        certutilOfUser("-S", "-x", "-k", "rsa", "-g", "2048", "-n", "rsa", "-s", "CN=rsa", "-t", ",,", "-z", noise);
        // "u": the private half of the certificate's key is on the token
        assertThat(certutilOfUser("-L")).containsPattern("Served:ec +u,u,u").containsPattern("Served:rsa +u,u,u");
        Path certificate = folder.resolve("certificate");
        Files.writeString(certificate, certutilOfUser("-L", "-n", "Served:ec", "-a"));
        assertThat(openssl("verify", "-CAfile", certificate, certificate)).contains("certificate: OK");
        try (Session session = tokens.session()) {
            assertThat(session.findAll(org.symbolon.ObjectQuery.privateKeys())).hasSize(2);
        }
    }
}

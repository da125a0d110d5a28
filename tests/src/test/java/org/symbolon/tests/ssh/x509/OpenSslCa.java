package org.symbolon.tests.ssh.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;

/** An authority of OpenSSL's in a folder, with its database of certificates, CRLs and an OCSP responder. */
public final class OpenSslCa implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String USER_PURPOSES = "clientAuth,emailProtection,1.3.6.1.5.5.7.3.21";
    private static final String HOST_PURPOSES = "serverAuth,1.3.6.1.5.5.7.3.22";

    private final Path folder;
    private final Process responder;
    private final String responderUri;
    private int serial = 0x1000;

    private OpenSslCa(Path folder, Process responder, String responderUri) {
        this.folder = folder;
        this.responder = responder;
        this.responderUri = responderUri;
    }

    /** Makes the authority and starts its responder. */
    public static OpenSslCa create(Path folder) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("ca.cnf"), """
            [ca]
            default_ca = it
            [it]
            database = index.txt
            certificate = ca.crt
            private_key = ca.key
            new_certs_dir = .
            default_md = sha256
            default_crl_days = 1
            policy = any
            unique_subject = no
            [any]
            commonName = supplied
            """);
        Files.createFile(folder.resolve("index.txt"));
        openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ca.key");
        openssl(
                folder,
                "req",
                "-x509",
                "-new",
                "-key",
                "ca.key",
                "-sha256",
                "-days",
                "30",
                "-subj",
                "/O=Example/CN=Example CA",
                "-addext",
                "keyUsage=critical,keyCertSign,cRLSign",
                "-out",
                "ca.crt");
        int port = freePort();
        Process responder = new ProcessBuilder(
                        program(),
                        "ocsp",
                        "-index",
                        "index.txt",
                        "-port",
                        Integer.toString(port),
                        "-rsigner",
                        "ca.crt",
                        "-rkey",
                        "ca.key",
                        "-CA",
                        "ca.crt",
                        "-nmin",
                        "5")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ocsp.log").toFile())
                .start();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Files.readString(folder.resolve("ocsp.log")).contains("waiting for OCSP client"));
        return new OpenSslCa(folder, responder, "http://127.0.0.1:" + port + "/");
    }

    /** The authority's certificate. */
    public X509Certificate certificate() throws Exception {
        return read(folder.resolve("ca.crt"));
    }

    Path folder() {
        return folder;
    }

    /** Issues a certificate for SSH, TLS and e-mail that names the responder. */
    X509Certificate issueToUser(String name, PublicKey key, String email) throws Exception {
        return issue(name, key, USER_PURPOSES, "subjectAltName=email:" + email);
    }

    /** Issues a certificate whose user is known by the subject alone. */
    X509Certificate issueToUser(String name, PublicKey key) throws Exception {
        return issue(name, key, USER_PURPOSES, "");
    }

    X509Certificate issueToHost(String name, PublicKey key) throws Exception {
        return issue(name, key, HOST_PURPOSES, "subjectAltName=DNS:localhost,IP:127.0.0.1");
    }

    /** Revokes a certificate. */
    void revoke(X509Certificate certificate) throws Exception {
        openssl(folder, "ca", "-config", "ca.cnf", "-revoke", file(certificate));
        letResponderSee(file(certificate));
    }

    /** Writes a new CRL into the file that was given out before. */
    Path publishList() throws Exception {
        openssl(folder, "ca", "-config", "ca.cnf", "-gencrl", "-out", "new.crl");
        return Files.move(folder.resolve("new.crl"), folder.resolve("ca.crl"), StandardCopyOption.REPLACE_EXISTING);
    }

    void stopResponder() {
        responder.destroy();
        responder.onExit().join();
    }

    private X509Certificate issue(String name, PublicKey key, String purposes, String more) throws Exception {
        String number = Integer.toHexString(++serial);
        Path open = folder.resolve(number + ".pub");
        Files.writeString(
                open,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        Path extensions = folder.resolve(number + ".ext");
        Files.write(
                extensions,
                List.of(
                        "keyUsage=critical,digitalSignature",
                        "extendedKeyUsage=" + purposes,
                        "authorityInfoAccess=OCSP;URI:" + responderUri,
                        more));
        openssl(
                folder,
                "x509",
                "-new",
                "-force_pubkey",
                open,
                "-subj",
                "/O=Example/CN=" + name,
                "-set_serial",
                "0x" + number,
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-days",
                "30",
                "-sha256",
                "-extfile",
                extensions,
                "-out",
                number + ".crt");
        openssl(folder, "ca", "-config", "ca.cnf", "-valid", number + ".crt");
        letResponderSee(number + ".crt");
        return read(folder.resolve(number + ".crt"));
    }

    /** The responder looks for a new index after each answer: the first one after a change is still by the old index. */
    private void letResponderSee(String file) throws Exception {
        openssl(
                folder,
                "ocsp",
                "-issuer",
                "ca.crt",
                "-cert",
                file,
                "-url",
                responderUri,
                "-CAfile",
                "ca.crt",
                "-noverify");
    }

    private static String file(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16) + ".crt";
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static String program() {
        return Peer.require("openssl", "openssl").toString();
    }

    private static void openssl(Path folder, Object... words) throws Exception {
        List<Object> command = new ArrayList<>(List.of(program()));
        command.addAll(List.of(words));
        Program run = Program.run(folder, Map.of(), command);
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        stopResponder();
    }
}

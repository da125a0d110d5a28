package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismType;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

/** The published description of our ONC RPC program: it is what the server speaks, and rpcgen makes a client of it. */
class Pkcs11ProgramTest {
    private static final Path PUBLISHED = Peer.root().resolve("docs/pkcs11.x");

    @TempDir
    Path folder;

    @Test
    void description_isThatOfTheServer() throws Exception {
        if (Boolean.getBoolean("symbolon.docs.update")) {
            Files.writeString(PUBLISHED, Pkcs11Program.text());
        }
        assertThat(Files.readString(PUBLISHED))
                .as("docs/pkcs11.x; -Dsymbolon.docs.update=true writes it anew")
                .isEqualTo(Pkcs11Program.text());
    }

    @Test
    void clientOfRpcgen_findsTheKeyAndSigns() throws Exception {
        Kdc kdc = Kdc.ofThisJvm();
        try (TokenModule tokens = SoftTokens.inMemory()) {
            SoftTokens.make(tokens, "Served");
            try (Session session = tokens.token("Served").open(Login.user(SoftTokens.PIN));
                    RemoteTokenServer server = RemoteTokenServer.builder()
                            .module(tokens)
                            .kerberos(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                    kdc.service("pkcs11/localhost"),
                                    "pkcs11/localhost")
                            .start()) {
                KeyPairObject pair =
                        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("signer"));
                String address = server.addresses().get(0);
                Map<String, String> environment = new HashMap<>(kdc.environment());
                environment.put("KRB5CCNAME", "FILE:" + kdc.ticket("alice", "1h"));

                Program client = Program.run(
                        folder,
                        environment,
                        List.of(
                                compiled(),
                                address.substring(address.lastIndexOf(':') + 1),
                                "localhost",
                                "user pin of the tests",
                                "signer"));

                assertThat(client.exitCode()).as(client.output()).isZero();
                Bytes signature = Bytes.ofHex(client.output().strip());
                assertThat(session.verify(
                                pair.publicKey(),
                                Mechanism.of(MechanismType.named("CKM_ECDSA_SHA256")),
                                "hello".getBytes(StandardCharsets.US_ASCII),
                                signature.toByteArray()))
                        .isTrue();
            }
        }
    }

    /** Compiles our lines of C with what rpcgen makes of the description. */
    private Path compiled() throws Exception {
        Files.copy(PUBLISHED, folder.resolve("pkcs11.x"));
        try (InputStream in = Objects.requireNonNull(Pkcs11ProgramTest.class.getResourceAsStream("rpc-client.c"))) {
            Files.copy(in, folder.resolve("rpc-client.c"));
        }
        Path rpcgen = Peer.require("rpcgen", "rpcsvc-proto");
        run(rpcgen, "-C", "-h", "-o", "pkcs11.h", "pkcs11.x");
        run(rpcgen, "-C", "-c", "-o", "pkcs11_xdr.c", "pkcs11.x");
        run(rpcgen, "-C", "-l", "-o", "pkcs11_clnt.c", "pkcs11.x");
        Peer.requireFile("libtirpc-dev", Path.of("/usr/include/tirpc/rpc/auth_gss.h"));
        Peer.requireFile("libkrb5-dev", Path.of("/usr/include/gssapi/gssapi.h"));
        run(
                Peer.require("gcc", "gcc"),
                "-D_GNU_SOURCE",
                "-I/usr/include/tirpc",
                "-o",
                "rpc-client",
                "rpc-client.c",
                "pkcs11_xdr.c",
                "pkcs11_clnt.c",
                "-ltirpc",
                "-lgssapi_krb5");
        return folder.resolve("rpc-client");
    }

    private void run(Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of(arguments));
        Program done = Program.run(folder, Map.of(), command);
        assertThat(done.exitCode()).as(done.output()).isZero();
    }
}

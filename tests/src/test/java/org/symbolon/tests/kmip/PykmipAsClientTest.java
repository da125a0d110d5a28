package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.kmip.server.KmipServer;
import org.symbolon.tests.SoftTokens;

/** Our server with PyKMIP's client, in each version that the client speaks, through its TLS 1.2. */
class PykmipAsClientTest {
    @TempDir
    private static Path folder;

    private static TokenModule module;
    private static Session session;
    private static KmipServer server;

    @BeforeAll
    static void start() throws Exception {
        KmipKeys keys = KmipKeys.make(folder);
        keys.encode();
        module = SoftTokens.inMemory();
        session = SoftTokens.newSession(module, "Served");
        server = KmipServer.builder(session)
                .tls(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keys.serverContext())
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (session != null) {
            session.close();
        }
        if (module != null) {
            module.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2", "1.3", "1.4", "2.0"})
    void lifeOfKeys_inEachVersion_isAsPykmipExpectsIt(String version) throws Exception {
        String printed = PykmipProgram.run("life.py", folder, server.address().getPort(), version);

        assertThat(printed).endsWith("done\n").contains("ok get what is destroyed", "ok secret data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2", "1.3", "1.4", "2.0"})
    void restOfPykmipsClient_inEachVersion_findsWhatItExpects(String version) throws Exception {
        String printed = PykmipProgram.run("rest.py", folder, server.address().getPort(), version);

        assertThat(printed).endsWith("done\n").contains("ok public key", "ok modified name");
    }

    @Test
    void programsForTheShell_ofPykmip_createSignAndDestroy() throws Exception {
        Path configuration = folder.resolve("pykmip.conf");
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "[client]",
                        "host=127.0.0.1",
                        "port=" + server.address().getPort(),
                        "certfile=" + folder.resolve("alice.crt"),
                        "keyfile=" + folder.resolve("alice.key"),
                        "ca_certs=" + folder.resolve("ca.crt"),
                        "cert_reqs=CERT_REQUIRED",
                        "ssl_version=PROTOCOL_TLSv1_2",
                        "do_handshake_on_connect=True",
                        "suppress_ragged_eofs=True",
                        "username=None",
                        "password=None",
                        ""));

        String made = PykmipProgram.demonstrate("create", folder, "-s", configuration, "-a", "AES", "-l", 128);
        Matcher id = Pattern.compile("ID: (\\S+)").matcher(made);
        assertThat(id.find()).as(made).isTrue();
        assertThat(PykmipProgram.demonstrate("get", folder, "-s", configuration, "-i", id.group(1)))
                .contains("Successfully retrieved secret with ID: " + id.group(1));
        assertThat(PykmipProgram.demonstrate("destroy", folder, "-s", configuration, "-i", id.group(1)))
                .contains("Successfully destroyed secret with ID: " + id.group(1));
        assertThat(PykmipProgram.demonstrate("get", folder, "-s", configuration, "-i", id.group(1)))
                .doesNotContain("Successfully");
        assertThat(PykmipProgram.demonstrate("sign", folder, "-s", configuration))
                .contains("Signature: b");
    }
}

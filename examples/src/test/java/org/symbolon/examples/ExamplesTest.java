package org.symbolon.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.symbolon.examples.client.MinaClient;
import org.symbolon.examples.jca.JcaSign;
import org.symbolon.examples.plain.PlainApi;
import org.symbolon.examples.server.MinaServer;

class ExamplesTest {
    /** An example's main method. */
    @FunctionalInterface
    private interface Example {
        void run(String... args) throws Exception;
    }

    private static String output(Example example, String... args) throws Exception {
        PrintStream console = System.out;
        InputStream keyboard = System.in;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        System.setIn(new ByteArrayInputStream("\n".getBytes(UTF_8)));
        try {
            example.run(args);
        } finally {
            System.setOut(console);
            System.setIn(keyboard);
        }
        return printed.toString(UTF_8);
    }

    @Test
    void plainApi_runs_signsAndLists() throws Exception {
        assertThat(output(PlainApi::main).lines())
                .hasSize(3)
                .contains("64 bytes of signature, verified: true", "private key \"deploy\"", "public key \"deploy\"");
    }

    @Test
    void jcaSign_runs_signsInTheToken() throws Exception {
        assertThat(output(JcaSign::main).lines())
                .containsExactly(
                        "signed by Symbolon-Team, verified by SunEC: true", "the private key stays in the token: true");
    }

    @Test
    void minaServer_runs_listens() throws Exception {
        assertThat(output(MinaServer::main)).matches("ssh -p [0-9]+ alice@127\\.0\\.0\\.1\n");
    }

    @Test
    void minaClient_runs_logsIn() throws Exception {
        assertThat(output(MinaClient::main)).startsWith("alice is logged in to SSH-2.0-");
    }
}

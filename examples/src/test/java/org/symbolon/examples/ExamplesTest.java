package org.symbolon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.symbolon.examples.client.MinaClient;
import org.symbolon.examples.jca.JcaSign;
import org.symbolon.examples.plain.PlainApi;
import org.symbolon.examples.server.MinaServer;

class ExamplesTest {
    @Test
    void plainApi_runs_signsAndLists() throws Exception {
        assertThat(Console.output(PlainApi::main).lines())
                .hasSize(3)
                .contains("64 bytes of signature, verified: true", "private key \"deploy\"", "public key \"deploy\"");
    }

    @Test
    void jcaSign_runs_signsInTheToken() throws Exception {
        assertThat(Console.output(JcaSign::main).lines())
                .containsExactly(
                        "signed by Symbolon-Team, verified by SunEC: true", "the private key stays in the token: true");
    }

    @Test
    void minaServer_runs_listens() throws Exception {
        assertThat(Console.output(MinaServer::main)).matches("ssh -p [0-9]+ alice@127\\.0\\.0\\.1\n");
    }

    @Test
    void minaClient_runs_logsIn() throws Exception {
        assertThat(Console.output(MinaClient::main)).startsWith("alice is logged in to SSH-2.0-");
    }
}

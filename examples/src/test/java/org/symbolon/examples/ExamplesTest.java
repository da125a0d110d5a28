package org.symbolon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.examples.client.ConnectBotClient;
import org.symbolon.examples.client.JschClient;
import org.symbolon.examples.client.MinaClient;
import org.symbolon.examples.client.SshjClient;
import org.symbolon.examples.jca.JcaSign;
import org.symbolon.examples.plain.PlainApi;
import org.symbolon.examples.plain.SignFile;
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

    static List<Named<Console.Example>> clients() {
        return List.of(
                Named.of("MINA", MinaClient::main),
                Named.of("sshj", SshjClient::main),
                Named.of("JSch", JschClient::main),
                Named.of("ConnectBot sshlib", ConnectBotClient::main));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void client_runs_logsIn(Console.Example main) throws Exception {
        assertThat(Console.output(main)).containsPattern("(?m)^alice is logged in to (SSH-2.0-|a server that takes)");
    }

    @Test
    void signFile_runs_printsASignature() throws Exception {
        assertThat(Console.output(SignFile::main))
                .startsWith("team ssh-ed25519 ")
                .endsWith("END SSH SIGNATURE-----\n");
    }
}

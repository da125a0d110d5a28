package org.symbolon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Template;
import org.symbolon.config.Configuration;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.OpenToken;
import org.symbolon.serve.PrometheusText;
import org.symbolon.ssh.agent.SshAgentClient;

/** The agent that {@code serve} has beside its other parts. */
class ServedAgentTest {
    private final Commands commands = new Commands();

    @TempDir
    private Path folder;

    private String token;

    @BeforeEach
    void makeToken() throws Exception {
        token = commands.initToken(folder);
    }

    @Test
    void start_served_answersOnItsSocketUntilClosed() throws Exception {
        Configuration configuration = configuration("agent: yes");
        Path socket = folder.resolve("agent.sock");
        try (OpenToken team = configuration.token("team").open()) {
            team.session()
                    .generateKeyPair(
                            Mechanism.keyPairGen(NamedCurve.P256),
                            Template.label("deploy").onToken());
        }

        try (ServedAgent served =
                ServedAgent.start(configuration.serve(), configuration).orElseThrow()) {
            assertThat(served.addresses()).containsExactly("SSH_AUTH_SOCK=" + socket);
            try (SshAgentClient client = SshAgentClient.of(socket)) {
                assertThat(client.identities())
                        .hasSize(1)
                        .allMatch(key -> key.comment().equals("deploy"));
            }
            PrometheusText text = new PrometheusText();
            served.writeTo(text);
            assertThat(text.toString()).contains("agent");
            assertThat(served.health().isGood()).isTrue();
        }

        assertThat(socket).doesNotExist();
    }

    @Test
    void start_notServed_isNotThere() throws Exception {
        Configuration configuration = configuration("agent: no");

        assertThat(ServedAgent.start(configuration.serve(), configuration)).isEmpty();
    }

    @Test
    void configuration_withoutASocket_saysWhatItWants() {
        assertThatThrownBy(() ->
                        Configuration.load(Files.writeString(folder.resolve("symbolon.yaml"), "serve: {agent: yes}\n")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("serve.agent wants agent.socket");
    }

    private Configuration configuration(String serve) throws Exception {
        return Configuration.load(Commands.secret(folder.resolve("symbolon.yaml"), """
            tokens:
              team:
                uri: %s
                pin: ${file:pin}
            agent:
              socket: agent.sock
              tokens: team
            serve:
              %s
            """.formatted(token, serve)));
    }
}

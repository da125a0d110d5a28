package org.symbolon.ssh.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.symbolon.config.AgentPurpose;
import org.symbolon.ssh.SshVectors;

/** What OpenSSH 9.2 and its ssh-agent said to each other. */
class AgentVectorsTest {
    @Test
    void requests_recorded_readAndWrittenToTheSameBytes() throws Exception {
        List<JsonNode> vectors = SshVectors.group("agent");

        assertThat(vectors).hasSize(24);
        for (JsonNode vector : vectors) {
            byte[] bytes = SshVectors.hex(vector, "request");
            try (AgentRequest request = AgentRequestReader.read(bytes)) {
                assertThat(((AgentRequest.Sent) request).encode())
                        .as(vector.path("id").asText())
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void answers_recorded_readAndWrittenToTheSameBytes() throws Exception {
        for (JsonNode vector : SshVectors.group("agent")) {
            byte[] bytes = SshVectors.hex(vector, "answer");
            assertThat(AgentAnswer.parse(bytes).encode())
                    .as(vector.path("id").asText())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void dataToSign_recorded_isKnownByItsShape() throws Exception {
        Map<String, AgentPurpose> purposes = SshVectors.group("agent").stream()
                .filter(vector -> vector.path("request").asText().startsWith("0d"))
                .collect(Collectors.toMap(
                        vector -> vector.path("id").asText() + " "
                                + vector.path("what").asText(),
                        vector -> data(vector).purpose()));

        assertThat(purposes).hasSize(7);
        assertThat(purposes.entrySet())
                .allSatisfy(entry -> assertThat(entry.getValue())
                        .as(entry.getKey())
                        .isEqualTo(
                                entry.getKey().contains("login")
                                        ? AgentPurpose.LOGIN
                                        : entry.getKey().contains("CA") ? AgentPurpose.CA : AgentPurpose.SIGNATURE));
    }

    @Test
    void login_recordedFromOpenSsh_namesUserSessionAndHost() throws Exception {
        SignedData.Login login = data(vector("agent/16")).login().orElseThrow();

        assertThat(login.user()).isEqualTo("root");
        assertThat(login.host()).isPresent();
        SessionBindings bindings = new SessionBindings();
        bindings.bind(((AgentRequest.Extension) AgentRequestReader.read(SshVectors.hex(vector("agent/14"), "request")))
                .contents()
                .toByteArray());
        assertThat(bindings.last().orElseThrow().sessionId()).isEqualTo(login.sessionId());
        assertThat(bindings.last().orElseThrow().host()).isEqualTo(login.host().orElseThrow());
    }

    @Test
    void constraints_recorded_areReadWithTheToken() throws Exception {
        AgentRequest.AddSmartcard added =
                (AgentRequest.AddSmartcard) AgentRequestReader.read(SshVectors.hex(vector("agent/12"), "request"));

        assertThat(added.id()).isEqualTo("softkeystore");
        assertThat(added.constraints().lifetime())
                .hasValueSatisfying(time -> assertThat(time).hasSeconds(60));
        assertThat(added.constraints().confirm()).isTrue();
        assertThat(added.toString()).doesNotContain("secret");
    }

    private static JsonNode vector(String id) {
        return SshVectors.group("agent").stream()
                .filter(vector -> vector.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static SignedData data(JsonNode vector) {
        try {
            AgentRequest.Sign sign = (AgentRequest.Sign) AgentRequestReader.read(SshVectors.hex(vector, "request"));
            return SignedData.of(sign.data().toByteArray());
        } catch (AgentRefusal | org.symbolon.ssh.SshFormatException e) {
            throw new AssertionError(e);
        }
    }
}

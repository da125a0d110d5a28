package org.symbolon.ssh.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.symbolon.ssh.Damage;
import org.symbolon.ssh.SshVectors;

/** The fuzz target on recorded answers that somebody damaged, as many as take a second or two. */
class AgentAnswerFuzzTest {
    private static final int CHANGES_OF_EACH = 300;

    @Test
    void answers_damaged_areReadOrRefused() {
        Damage damage = new Damage();
        List<JsonNode> vectors = SshVectors.group("agent");
        int read = 0;
        for (JsonNode vector : vectors) {
            byte[] answer = SshVectors.hex(vector, "answer");
            for (int i = 0; i < CHANGES_OF_EACH; i++) {
                read += AgentAnswerFuzz.tryAnswer(damage.to(answer)) ? 1 : 0;
            }
        }
        assertThat(read).isBetween(vectors.size() * CHANGES_OF_EACH / 100, vectors.size() * CHANGES_OF_EACH - 1);
    }
}

package org.symbolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.config.Configuration;
import org.symbolon.config.TokenConfiguration;

/** What the command line changes in a token of the configuration. */
class TokenOptionsTest {
    @TempDir
    private Path directory;

    @Test
    void choose_withOptions_changesTheirPartsAlone() throws Exception {
        Path file = Files.writeString(
                directory.resolve("config.yaml"),
                "tokens: {team: {uri: 'soft:sqlite:team.db', timeout: 20s, certificates: [chains]}}");
        Configuration configuration = Configuration.load(file);

        TokenConfiguration chosen =
                TokenOptions.given("team", null, "5s", Map.of()).choose(configuration);

        assertThat(chosen.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(chosen.certificates()).containsExactly(directory.resolve("chains"));
        assertThat(new TokenOptions().choose(configuration)).isEqualTo(configuration.token("team"));
    }
}

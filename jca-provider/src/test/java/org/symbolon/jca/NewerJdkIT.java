package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What only a newer JDK has, with keys of a token: its own ML-DSA and ML-KEM, and AsymmetricKey. */
class NewerJdkIT {
    @Test
    void scenario_onANewerJdk_goesThrough() throws Exception {
        Path java = NewerJdk.require().resolve("bin/java");
        Process process = new ProcessBuilder(
                        java.toString(), "-cp", System.getProperty("java.class.path"), NewerJdkScenario.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(output).contains(NewerJdkScenario.DONE);
        assertThat(process.exitValue()).as(output).isZero();
    }
}

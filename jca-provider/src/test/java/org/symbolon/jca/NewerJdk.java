package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The newer JDK that {@code tests/peers/newer-jdk} finds. Where there is none a test is skipped, in CI it fails. */
final class NewerJdk {
    private NewerJdk() {}

    static Path require() throws IOException, InterruptedException {
        Path finder = Path.of(System.getProperty("symbolon.root", ".."), "tests/peers/newer-jdk");
        Process process = new ProcessBuilder(finder.toString()).start();
        String home = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        String reason = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        boolean found = process.waitFor() == 0 && !home.isEmpty();
        assertThat(found || !"true".equals(System.getenv("CI"))).as(reason).isTrue();
        Assumptions.assumeTrue(found, reason);
        return Path.of(home);
    }
}

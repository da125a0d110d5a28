package org.symbolon.ssh.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks by a program as OpenSSH does, such as {@code ssh-askpass}: it is called with the question and {@code SSH_ASKPASS_PROMPT=confirm};
 * success and an empty answer, or {@code yes}, is a yes. Thread-safe.
 *
 * @param program the program
 * @param patience how long it may take; a question without an answer is then a no
 */
public record Askpass(Path program, Duration patience) implements AgentConfirmation {
    private static final Logger LOG = LoggerFactory.getLogger(Askpass.class);
    private static final int MAX_ANSWER_BYTES = 64;

    /**
     * Checks the patience.
     *
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Askpass {
        if (patience.isZero() || patience.isNegative()) {
            throw new IllegalArgumentException("the time for an answer is more than zero, not " + patience);
        }
    }

    @Override
    public boolean isConfirmed(String question) {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), question)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SSH_ASKPASS_PROMPT", "confirm");
        try {
            Process process = builder.start();
            try {
                return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)
                        && process.exitValue() == 0
                        && isYes(process.getInputStream());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.warn("nobody can be asked: {} does not run: {}", program, e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isYes(InputStream answer) throws IOException {
        String text = new String(answer.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8).strip();
        return text.isEmpty() || text.toLowerCase(Locale.ROOT).equals("yes");
    }
}

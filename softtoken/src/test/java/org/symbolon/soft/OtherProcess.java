package org.symbolon.soft;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;

/** Another process that works on the same database and prints what it is answered. */
final class OtherProcess {
    private final Process process;

    private OtherProcess(Process process) {
        this.process = process;
    }

    static OtherProcess start(String... arguments) throws java.io.IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new OtherProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits for its end and returns what it printed. */
    String output() throws java.io.IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("the other process failed: " + output);
        }
        return output;
    }

    public static void main(String[] arguments) throws TokenException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF); // what it prints is its answer
        ModuleOptions patient = ModuleOptions.ofDefaults().withTimeout(Duration.ofMinutes(2));
        try (TokenModule module = TestTokens.builder()
                .sqlite(Path.of(arguments[1]))
                .options(patient)
                .open()) {
            if (arguments[0].equals("create")) {
                create(module, arguments[2], Integer.parseInt(arguments[3]));
            } else if (arguments[0].equals("guess")) {
                guess(module, Integer.parseInt(arguments[2]));
            } else {
                destroy(module, arguments[2]);
            }
        }
    }

    static int create(TokenModule module, String label, int times) throws TokenException {
        try (Session session = TestTokens.login(module)) {
            for (int i = 0; i < times; i++) {
                session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label(label));
            }
        }
        return times;
    }

    private static void guess(TokenModule module, int times) throws TokenException {
        for (int i = 0; i < times; i++) {
            try {
                module.token(TestTokens.LABEL).open(Login.user(TestTokens.wrongPin()));
            } catch (TokenAuthenticationException e) {
                System.out.println(e.status().name());
            }
        }
    }

    private static void destroy(TokenModule module, String label) throws TokenException {
        try (Session session = TestTokens.login(module)) {
            for (TokenObject object : session.findAll(ObjectQuery.all().label(label))) {
                session.destroy(object);
            }
        }
    }
}

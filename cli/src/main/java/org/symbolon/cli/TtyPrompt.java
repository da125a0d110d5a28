package org.symbolon.cli;

import java.io.Console;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Asks on the process's terminal, also where standard input and output are pipes. Java's own console does not exist then;
 * {@code stty} switches the echo off and, however the program ends, on again.
 */
final class TtyPrompt implements PinPrompt {
    private static final Path TTY = Path.of("/dev/tty");
    private static final int MAX_BYTES = 1024;

    @Override
    public Optional<char[]> ask(String question) throws IOException {
        if (!Files.exists(TTY)) {
            return askConsole(question);
        }
        RandomAccessFile tty;
        try {
            tty = new RandomAccessFile(TTY.toFile(), "rw");
        } catch (IOException e) {
            return Optional.empty();
        }
        Thread restore = new Thread(() -> stty("echo"));
        Runtime.getRuntime().addShutdownHook(restore);
        try (tty) {
            if (!stty("-echo")) {
                return Optional.empty();
            }
            tty.write(question.getBytes(StandardCharsets.UTF_8));
            return Optional.of(readLine(tty));
        } finally {
            stty("echo");
            Runtime.getRuntime().removeShutdownHook(restore);
        }
    }

    /** Windows. A newer Java has a console always, and then no harm is done by asking on it. */
    @SuppressWarnings("SystemConsoleNull")
    private static Optional<char[]> askConsole(String question) {
        Console console = System.console();
        return console == null ? Optional.empty() : Optional.ofNullable(console.readPassword("%s", question));
    }

    private static char[] readLine(RandomAccessFile tty) throws IOException {
        byte[] line = new byte[MAX_BYTES];
        int length = 0;
        for (int next = tty.read(); next >= 0 && next != '\n'; next = tty.read()) {
            if (length < MAX_BYTES) {
                line[length++] = (byte) next;
            }
        }
        tty.write('\n');
        CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(line, 0, length));
        char[] answer = Arrays.copyOf(chars.array(), chars.remaining());
        Arrays.fill(chars.array(), '\0');
        Arrays.fill(line, (byte) 0);
        return answer;
    }

    private static boolean stty(String setting) {
        try {
            return new ProcessBuilder("stty", setting)
                            .redirectInput(TTY.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

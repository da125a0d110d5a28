package org.symbolon.remote.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The last line that a program wrote to its error stream; the stream is read to its end so that the program never waits. */
final class LastWords {
    private static final int MAX_CHARS = 200;
    private static final long PATIENCE_MILLIS = 100;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String line = "";

    private LastWords() {}

    static LastWords of(InputStream errors) {
        LastWords words = new LastWords();
        Thread reader = new Thread(() -> words.readAll(errors), "symbolon-p11-errors");
        reader.setDaemon(true);
        reader.start();
        return words;
    }

    private void readAll(InputStream errors) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(errors, StandardCharsets.UTF_8))) {
            for (String next = reader.readLine(); next != null; next = reader.readLine()) {
                if (!next.isBlank()) {
                    line = printable(next);
                }
            }
        } catch (IOException e) {
            line = line.isEmpty() ? "its error stream broke: " + e.getMessage() : line;
        } finally {
            ended.countDown();
        }
    }

    private static String printable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() > MAX_CHARS ? clean.substring(0, MAX_CHARS) + "…" : clean;
    }

    /** Returns the line, after a moment in which a program that has just ended may still be heard. */
    String get() {
        try {
            if (!ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return line;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return line;
    }
}

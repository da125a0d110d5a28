package org.symbolon.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

/** Where examples print, and whoever runs them presses Enter. */
final class Console {
    private Console() {}

    /** An example's main method. */
    @FunctionalInterface
    interface Example {
        void run(String... args) throws Exception;
    }

    static String output(Example example, String... args) throws Exception {
        PrintStream console = System.out;
        InputStream keyboard = System.in;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        System.setIn(new ByteArrayInputStream("\n".getBytes(UTF_8)));
        try {
            example.run(args);
        } finally {
            System.setOut(console);
            System.setIn(keyboard);
        }
        return printed.toString(UTF_8);
    }
}

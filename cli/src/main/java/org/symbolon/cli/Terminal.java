package org.symbolon.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads from and writes to: results to standard output, everything for the person at the terminal to
 * standard error or to the terminal itself.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param prompt asks for PINs
 * @param colours whether standard output is a terminal that shows colours and its user wants them
 * @param live whether standard error is a terminal, on which a line can be written over
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, PinPrompt prompt, boolean colours, boolean live) {
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String FAINT = "2";

    /** Returns the process's own: the only place of the command line that reads its environment. */
    static Terminal ofProcess() {
        boolean colours = isTerminal(1) && isUnset(System.getenv("NO_COLOR")) && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                utf8(new FileOutputStream(FileDescriptor.out)),
                utf8(new FileOutputStream(FileDescriptor.err)),
                new TtyPrompt(),
                colours,
                isTerminal(2));
    }

    private static PrintStream utf8(FileOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private static boolean isUnset(@Nullable String value) {
        return value == null || value.isEmpty();
    }

    @SuppressWarnings("SystemConsoleNull") // where there is no /proc; a newer Java only shows colours more often
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return System.console() != null;
        }
    }

    PrintWriter outWriter() {
        return writer(out);
    }

    PrintWriter errWriter() {
        return writer(err);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Shows what is going on, on a terminal, until the next line is written or {@link #clearStatus} is called. */
    void status(String text) {
        if (live) {
            err.print("\r\033[K" + text + " …");
            err.flush();
        }
    }

    void clearStatus() {
        if (live) {
            err.print("\r\033[K");
            err.flush();
        }
    }

    String good(String text) {
        return coloured(GREEN, text);
    }

    String bad(String text) {
        return coloured(RED, text);
    }

    String faint(String text) {
        return coloured(FAINT, text);
    }

    private String coloured(String colour, String text) {
        return colours ? "\033[" + colour + "m" + text + "\033[0m" : text;
    }
}

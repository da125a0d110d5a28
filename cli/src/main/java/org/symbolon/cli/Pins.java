package org.symbolon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pin;
import org.symbolon.config.ConfigurationException;
import org.symbolon.config.SecretReference;

/** Where PINs come from: a reference, or the person at the terminal. Never the command line itself. */
record Pins(Terminal terminal) {
    private static final String FORMS = "env:NAME, file:PATH, fd:NUMBER or stdin";

    /** Returns the PIN that a reference given with an option leads to. */
    Pin read(String option, String reference) throws CommandFailure, ConfigurationException, IOException {
        requireReference(option, reference);
        if (reference.equals("stdin")) {
            return firstLine(terminal.in(), "standard input");
        }
        if (reference.startsWith("fd:")) {
            try (InputStream in = Files.newInputStream(Path.of("/dev/fd/" + reference.substring(3)))) {
                return firstLine(in, "descriptor " + reference.substring(3));
            }
        }
        return SecretReference.parse(reference).read();
    }

    /** Refuses a PIN that stands on the command line itself, before anything else is done, and does not repeat it. */
    static void requireReference(String option, String reference) throws CommandFailure {
        if (!reference.matches("stdin|fd:[0-9]{1,6}|(env|file):.+")) {
            throw CommandFailure.usage(option + " takes a reference: " + FORMS
                    + ". A PIN on the command line is seen by everybody on this machine and stays in the"
                    + " shell's history");
        }
    }

    /** Asks for a PIN that exists. */
    Pin ask(String whose, String option) throws CommandFailure, IOException {
        Optional<char[]> answer = terminal.prompt().ask(whose + ": ");
        return pin(answer.orElseThrow(() -> noTerminal(whose, option)));
    }

    /** Asks for a new PIN, twice. */
    Pin askNew(String whose, String option) throws CommandFailure, IOException {
        char[] first = terminal.prompt().ask("New " + whose + ": ").orElseThrow(() -> noTerminal(whose, option));
        Optional<char[]> second = terminal.prompt().ask("The same again: ");
        try {
            if (!Arrays.equals(first, second.orElseThrow(() -> noTerminal(whose, option)))) {
                throw CommandFailure.usage("the two differ; nothing was done");
            }
            return Pin.of(first);
        } finally {
            Arrays.fill(first, '\0');
            second.ifPresent(chars -> Arrays.fill(chars, '\0'));
        }
    }

    /** Returns the PIN that an option leads to, else the configuration's, else asks for it. */
    Pin existing(String whose, String option, @Nullable String reference, Optional<SecretReference> configured)
            throws CommandFailure, ConfigurationException, IOException {
        if (reference != null) {
            return read(option, reference);
        }
        return configured.isPresent() ? configured.get().read() : ask(whose, option);
    }

    /** Returns the existing PIN that an option leads to, or asks for it. */
    Pin only(String whose, String option, @Nullable String reference)
            throws CommandFailure, ConfigurationException, IOException {
        return existing(whose, option, reference, Optional.empty());
    }

    /** Returns the new PIN that an option leads to, or asks for it. */
    Pin fresh(String whose, String option, @Nullable String reference)
            throws CommandFailure, ConfigurationException, IOException {
        return reference == null ? askNew(whose, option) : read(option, reference);
    }

    private static Pin pin(char[] answer) {
        try {
            return Pin.of(answer);
        } finally {
            Arrays.fill(answer, '\0');
        }
    }

    private static CommandFailure noTerminal(String whose, String option) {
        return CommandFailure.usage(
                "the " + whose + " is wanted and there is no terminal to ask on; give " + option + " " + FORMS);
    }

    /** Reads no byte beyond the line, so that the next PIN can follow. */
    private static Pin firstLine(InputStream in, String source) throws IOException, CommandFailure {
        byte[] line = new byte[Pin.MAX_BYTES + 2];
        int length = 0;
        try {
            int next = in.read();
            if (next < 0) {
                throw CommandFailure.usage(source + " ended where a PIN was expected");
            }
            for (; next >= 0 && next != '\n' && length < line.length; next = in.read()) {
                line[length++] = (byte) next;
            }
            int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
            byte[] exact = Arrays.copyOf(line, end);
            try {
                return Pin.ofUtf8(exact);
            } finally {
                Arrays.fill(exact, (byte) 0);
            }
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }
}

package org.symbolon.cli;

import java.io.IOException;
import java.util.Optional;

/** Asks the person at the terminal for a PIN. */
@FunctionalInterface
interface PinPrompt {
    /**
     * Asks without echo.
     *
     * @return the answer, which the caller zeroes; empty if there is no terminal to ask on
     * @throws IOException if the terminal went away
     */
    Optional<char[]> ask(String question) throws IOException;
}

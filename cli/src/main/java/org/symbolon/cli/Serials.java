package org.symbolon.cli;

/** Serials of certificates on the command line: unsigned numbers of 64 bits. */
final class Serials {
    private Serials() {}

    /** Returns a serial; 0 is none. */
    static long parse(String option, String text) throws CommandFailure {
        try {
            long serial = text.matches("[0-9]{1,20}") ? Long.parseUnsignedLong(text) : 0;
            if (serial != 0) {
                return serial;
            }
        } catch (NumberFormatException e) {
            throw wrong(option, text);
        }
        throw wrong(option, text);
    }

    private static CommandFailure wrong(String option, String text) {
        return CommandFailure.usage(option + " is a number from 1 to 2^64 - 1, not " + text);
    }
}

package org.symbolon.soft.foreign;

import java.math.BigInteger;

/**
 * How much key derivation one file may still ask for, whatever the number of its parts: a few kilobytes must not keep a
 * processor busy for hours. Not thread-safe.
 */
final class DerivationBudget {
    /** The most rounds that are done for one key: more would let a file of a few bytes keep a processor busy. */
    static final int MAX_ROUNDS = 5_000_000;

    /** The most rounds that are done for one file: some 5,000 keys as the JDK writes them. */
    static final long MAX_ROUNDS_OF_FILE = 50_000_000;

    private long left;

    /** A budget of so many rounds. */
    DerivationBudget(long rounds) {
        this.left = rounds;
    }

    /** Returns the budget of a file. */
    static DerivationBudget ofFile() {
        return new DerivationBudget(MAX_ROUNDS_OF_FILE);
    }

    /** Takes the rounds of one key, and returns their number. */
    int rounds(BigInteger count) throws ForeignFormatException {
        if (count.signum() <= 0 || count.compareTo(BigInteger.valueOf(MAX_ROUNDS)) > 0) {
            throw ForeignFormatException.malformed(
                    "the file asks for " + count + " rounds of its key derivation; 1 to " + MAX_ROUNDS + " are done");
        }
        take(count.longValueExact());
        return count.intValueExact();
    }

    /** Takes what a derivation costs, in rounds, before it is done. */
    void take(long rounds) throws ForeignFormatException {
        if (rounds > left) {
            throw ForeignFormatException.malformed("the file asks for more than " + MAX_ROUNDS_OF_FILE
                    + " rounds of key derivation for all that is in it; split it");
        }
        left -= rounds;
    }
}

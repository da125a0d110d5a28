package org.symbolon.jca;

import java.security.SignatureException;
import java.util.function.UnaryOperator;
import org.symbolon.Mechanism;

/**
 * How one key signs.
 *
 * @param mechanism by which mechanism
 * @param input what collects the message
 * @param framing what is made of the collected input before the token gets it
 * @param output what is made of the token's signature
 * @param maxBytes the length of the longest signature
 */
record SigningPlan(
        Mechanism mechanism, SignatureInput input, UnaryOperator<byte[]> framing, Output output, int maxBytes) {
    /** Makes of a token's signature what the JCA's name promises. */
    @FunctionalInterface
    interface Output {
        byte[] apply(byte[] signature) throws SignatureException;
    }

    /** The longest message that is kept for a mechanism which takes all of it, in bytes. */
    static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
}

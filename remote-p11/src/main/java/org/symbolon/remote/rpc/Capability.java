package org.symbolon.remote.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.symbolon.Bytes;

/**
 * What two ends of ours can beyond p11-kit's protocol.
 *
 * <p>A client offers capabilities in the options of its C_Initialize, which p11-kit reads over; a server answers in the options
 * of the reply with those that it has too, and both hold from the next frame on. An offer is {@code symbolon/1} and words, all
 * ASCII, separated by single blanks. A server passes over words that it does not know; a client that is answered with a word
 * that it did not offer ends the connection. A peer that offers or answers nothing is spoken to as p11-kit.
 */
public enum Capability {
    /** {@link RpcCall#isOneShot() Calls} that begin, do and end an operation. */
    ONE_SHOT("one-shot"),
    /** Replies to such calls may overtake each other: each carries its request's code. */
    OUT_OF_ORDER("out-of-order"),
    /** Parameters of mechanisms that p11-kit does not type are written as {@link TypedParameters}, or marked as flat. */
    TYPED("typed");

    private static final String PROTOCOL = "symbolon/1";
    private static final int MAX_BYTES = 256;

    private final String word;

    Capability(String word) {
        this.word = word;
    }

    /** {@return everything that this end can, for the options of C_Initialize} */
    public static Bytes offer() {
        return write(EnumSet.allOf(Capability.class));
    }

    /**
     * Returns what a client offers that this end can, too.
     *
     * @param options the options of a client's C_Initialize: anything
     * @return the capabilities that hold from the next frame on; none if the client is not of ours
     */
    public static Set<Capability> offered(Bytes options) {
        List<String> words = words(options);
        Set<Capability> known = EnumSet.noneOf(Capability.class);
        Arrays.stream(values())
                .filter(capability -> words.contains(capability.word))
                .forEach(known::add);
        return known;
    }

    /**
     * Returns what a server answers an offer with.
     *
     * @param agreed what both ends can
     * @return the options of the reply to C_Initialize; empty if nothing was agreed on
     */
    public static Bytes answer(Set<Capability> agreed) {
        return agreed.isEmpty() ? Bytes.empty() : write(agreed);
    }

    /**
     * Returns what a server has answered to {@link #offer}.
     *
     * @param options the options of its reply to C_Initialize
     * @return the capabilities that hold from the next frame on; none if the server is not of ours
     * @throws MalformedMessageException if it answers with what was not offered
     */
    public static Set<Capability> answered(Bytes options) throws MalformedMessageException {
        List<String> words = words(options);
        Set<Capability> agreed = offered(options);
        if (!words.isEmpty() && agreed.size() != words.size()) {
            throw new MalformedMessageException(
                    "the peer claims capabilities of " + PROTOCOL + " that it was not offered, or one of them twice");
        }
        return agreed;
    }

    private static Bytes write(Set<Capability> capabilities) {
        String words = capabilities.stream().map(each -> " " + each.word).collect(Collectors.joining());
        return Bytes.wrap((PROTOCOL + words).getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the words of an offer or an answer; none if it is neither. */
    private static List<String> words(Bytes options) {
        if (options.length() > MAX_BYTES) {
            return List.of();
        }
        List<String> words = List.of(new String(options.sharedArray(), StandardCharsets.US_ASCII).split(" ", -1));
        return words.get(0).equals(PROTOCOL) ? words.subList(1, words.size()) : List.of();
    }
}

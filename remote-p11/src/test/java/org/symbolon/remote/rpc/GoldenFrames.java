package org.symbolon.remote.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.symbolon.Bytes;

/**
 * A request and its reply, as two programs of p11-kit exchanged them.
 *
 * @param program what called p11-kit-client.so
 * @param release p11-kit's, at both ends
 * @param version what the server answered to the client's first byte
 * @param request the body of the request
 * @param reply the body of the reply
 */
public record GoldenFrames(String program, String release, int version, Bytes request, Bytes reply) {
    private static final Set<String> NESTED_ALWAYS = Set.of("0.25.4", "0.25.5");

    /** Returns all of them, in the order in which they were recorded. */
    public static List<GoldenFrames> all() {
        try (InputStream in = Objects.requireNonNull(GoldenFrames.class.getResourceAsStream("golden-frames.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new GoldenFrames(
                            cells[0],
                            cells[1],
                            Integer.parseInt(cells[2]),
                            Bytes.ofHex(cells[4]),
                            Bytes.ofHex(cells[5])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the form of both ends. */
    public Dialect dialect() {
        return NESTED_ALWAYS.contains(release) ? Dialect.V1_NESTED : Dialect.of(version);
    }
}

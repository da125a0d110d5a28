package org.symbolon.remote.rpc;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.symbolon.Bytes;
import org.symbolon.remote.Reference;

/**
 * A connection of p11-kit's client to its server, as it was recorded from its first frame to its last.
 *
 * @param number of the recording
 * @param program what called the client
 * @param release of p11-kit at both ends
 * @param offered the version that the client sent
 * @param answered the version that the server sent
 * @param exchanges requests and their replies
 */
public record RecordedDialogue(
        int number, String program, String release, int offered, int answered, List<Exchange> exchanges) {
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": ?(?:\"([^\"]*)\"|(\\d+))");
    private static final Set<String> NESTED_ALWAYS = Set.of("0.25.4", "0.25.5");

    /**
     * A request and its reply.
     *
     * @param code of both frames
     * @param options of the request's frame
     * @param request body
     * @param reply body
     */
    public record Exchange(int code, Bytes options, Bytes request, Bytes reply) {}

    /** Returns all dialogues. */
    public static List<RecordedDialogue> all() throws IOException {
        Map<Integer, List<Frame>> frames = new TreeMap<>();
        for (String line : Files.readAllLines(Reference.file("remote-p11/golden-frames.jsonl"))) {
            Frame frame = Frame.of(line);
            frames.computeIfAbsent(frame.number("conversation"), number -> new ArrayList<>())
                    .add(frame);
        }
        return frames.values().stream().map(RecordedDialogue::of).toList();
    }

    /** A line of the recording: a flat object of JSON. */
    private record Frame(Map<String, String> fields) {
        static Frame of(String line) {
            Map<String, String> fields = new TreeMap<>();
            Matcher matcher = FIELD.matcher(line);
            while (matcher.find()) {
                fields.putIfAbsent(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            }
            return new Frame(fields);
        }

        String text(String field) {
            String text = fields.get(field);
            if (text == null) {
                throw new IllegalArgumentException("a frame has no " + field);
            }
            return text;
        }

        int number(String field) {
            return Integer.parseInt(text(field));
        }
    }

    private static RecordedDialogue of(List<Frame> frames) {
        Frame first = frames.get(0);
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < frames.size(); i += 2) {
            Frame request = frames.get(i);
            exchanges.add(new Exchange(
                    Integer.parseUnsignedInt(request.text("hdr").substring(0, 8), 16),
                    Bytes.ofHex(request.text("opt")),
                    Bytes.ofHex(request.text("body")),
                    Bytes.ofHex(frames.get(i + 1).text("body"))));
        }
        return new RecordedDialogue(
                first.number("conversation"),
                first.text("app"),
                first.text("server"),
                first.number("ver_req"),
                first.number("ver_ans"),
                exchanges);
    }

    /** Returns the form of both ends. */
    public Dialect dialect() {
        return NESTED_ALWAYS.contains(release) ? Dialect.V1_NESTED : Dialect.of(answered);
    }

    @Override
    public String toString() {
        return number + " (" + program + ", p11-kit " + release + ")";
    }
}

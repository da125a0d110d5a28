package org.symbolon.kmip.conformance;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.symbolon.kmip.reference.OasisCase;
import org.symbolon.kmip.reference.OasisMessage;
import org.symbolon.kmip.ttlv.Ttlv;

/** What the variables of a case stand for, and the literals that stand for something that this server made. */
final class Bindings implements OasisMessage.Values {
    private final Instant start;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> literals = new HashMap<>();
    private final Set<String> sent = new HashSet<>();
    private final Deque<Ttlv> responses = new ArrayDeque<>();

    Bindings(Instant start) {
        this.start = start;
    }

    /** Returns the value to send. A variable that no response brought stands for what the latest one with this field had in it. */
    @Override
    public String value(String tag, String type, String written) {
        sent.add(written);
        String value = expected(tag, type, written);
        if (!value.startsWith("$")) {
            return value;
        }
        Optional<String> received = responses.stream()
                .flatMap(message -> find(message, tag).stream())
                .findFirst();
        received.ifPresent(text -> values.put(written, text));
        return received.orElse(type.equals("ByteString") ? "00" : written);
    }

    /** Returns the value to expect; a variable that stands for nothing yet is returned as it is. */
    String expected(String tag, String type, String written) {
        OptionalLong now = OasisCase.sinceNow(written);
        if (now.isPresent()) {
            return start.plusSeconds(now.getAsLong()).toString();
        }
        return written.startsWith("$")
                ? values.getOrDefault(written, written)
                : literals.getOrDefault(key(type, written), written);
    }

    private static String key(String type, String written) {
        return type.equals("ByteString") ? written.toLowerCase(Locale.ROOT) : written;
    }

    boolean isBound(String variable) {
        return values.containsKey(variable);
    }

    /** Returns whether a variable stands for an item; it may have been bound by an item before it in the same response. */
    boolean isSame(String variable, Ttlv actual) {
        return text(actual).equals(Optional.ofNullable(values.get(variable)));
    }

    void bind(String variable, Ttlv actual) {
        text(actual).ifPresent(text -> values.put(variable, text));
    }

    /** Lets a literal stand for what the server made in its place, wherever the case repeats it. */
    void replace(String type, String literal, Ttlv actual) {
        text(actual).ifPresent(text -> literals.put(key(type, literal), text));
    }

    /** Returns whether a request had this value. */
    boolean wasSent(String written) {
        return sent.contains(written);
    }

    void received(Ttlv response) {
        responses.addFirst(response);
    }

    private static Optional<String> find(Ttlv item, String tag) {
        if (item.tag().xmlName().equals(tag)) {
            return text(item);
        }
        return item instanceof Ttlv.Structure structure
                ? structure.fields().stream()
                        .flatMap(field -> find(field, tag).stream())
                        .reduce((a, b) -> b)
                : Optional.empty();
    }

    static Optional<String> text(Ttlv item) {
        if (item instanceof Ttlv.Text text) {
            return Optional.of(text.value());
        }
        return item instanceof Ttlv.Octets octets
                ? Optional.of(HexFormat.of().formatHex(octets.value().toByteArray()))
                : Optional.empty();
    }

    /** Remembers, to go back to it. */
    Bindings copy() {
        Bindings copy = new Bindings(start);
        copy.values.putAll(values);
        copy.literals.putAll(literals);
        copy.sent.addAll(sent);
        copy.responses.addAll(responses);
        return copy;
    }

    /** Takes over what another has. */
    void take(Bindings other) {
        values.putAll(other.values);
        literals.putAll(other.literals);
    }
}

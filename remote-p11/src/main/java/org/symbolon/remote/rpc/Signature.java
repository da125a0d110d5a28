package org.symbolon.remote.rpc;

import java.util.ArrayList;
import java.util.List;

/**
 * The types of a message's arguments in their order; both ends compare its text byte for byte.
 *
 * @param text the types' codes, put together
 * @param types the types
 */
public record Signature(String text, List<ArgumentType> types) {
    public Signature {
        types = List.copyOf(types);
    }

    static Signature of(String text) {
        List<ArgumentType> types = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            ArgumentType type = typeAt(text, position);
            types.add(type);
            position += type.code().length();
        }
        return new Signature(text, types);
    }

    private static ArgumentType typeAt(String text, int position) {
        for (ArgumentType type : ArgumentType.values()) {
            if (text.startsWith(type.code(), position)) {
                return type;
            }
        }
        throw new AssertionError(text + " has no type at " + position);
    }
}

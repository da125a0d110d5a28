package org.symbolon.ssh;

/** Text from outside, for messages and lines. */
final class Text {
    private static final int SHOWN = 64;

    private Text() {}

    /** The text without quotes and what is not shown, shortened: safe in a message. */
    static String quoted(String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        StringBuilder safe = new StringBuilder();
        shown.codePoints().forEach(c -> safe.appendCodePoint(isHidden(c) || c == '"' ? '?' : c));
        return safe.toString();
    }

    /** Whether a character must not stand in a line: a control character other than tab, or a separator of lines. */
    static boolean breaksLine(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> codePoint != '\t';
            default -> false;
        };
    }

    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}

package org.symbolon.ssh;

/** Text from outside, for messages and lines. */
public final class Text {
    private static final int SHOWN = 64;

    private Text() {}

    /**
     * Makes a text safe for a message or a line of the log.
     *
     * @param text any text
     * @return the text without quotes and without characters that are not shown, at most 64 characters and three dots
     */
    public static String quoted(String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        StringBuilder safe = new StringBuilder();
        shown.codePoints().forEach(c -> safe.appendCodePoint(isHidden(c) || c == '"' ? '?' : c));
        return safe.toString();
    }

    /**
     * Whether a character must not stand in a line: a control character other than tab, or a separator of lines.
     *
     * @param codePoint the character
     * @return true if it would begin another line, or worse
     */
    public static boolean breaksLine(int codePoint) {
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

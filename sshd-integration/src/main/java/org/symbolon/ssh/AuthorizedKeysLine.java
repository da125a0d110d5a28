package org.symbolon.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of an {@code authorized_keys} file: options, key, comment (sshd(8), AUTHORIZED_KEYS FILE FORMAT).
 *
 * <p>Options are kept as they stand; {@link #meaning} says what they mean. Who lets a key in because of such a line must
 * enforce all of that or refuse the line.
 *
 * @param options the options in their order, none for a plain key
 * @param key the key
 * @param comment what follows the key, without the spaces around it; may be empty
 */
public record AuthorizedKeysLine(List<Option> options, SshPublicKey key, String comment) {
    /** The longest line that is read, in characters. */
    public static final int MAX_LINE_CHARS = 131_072;

    private static final String WHAT = "authorized_keys line";

    /** Copies the options. */
    public AuthorizedKeysLine {
        options = List.copyOf(options);
    }

    /**
     * One option, such as {@code no-pty} or {@code command="uptime"}.
     *
     * @param name the name in lower case: letters, digits and hyphens
     * @param value what stood between the quotes, unescaped; null where there is no value
     */
    public record Option(String name, @Nullable String value) {
        /** Checks the name and that the value fits into a line. */
        public Option {
            if (name.isEmpty() || !name.chars().allMatch(Option::inName)) {
                throw new IllegalArgumentException("An option's name is letters, digits and hyphens");
            }
            if (value != null && value.codePoints().anyMatch(Text::breaksLine)) {
                throw new IllegalArgumentException("An option's value must not have control characters");
            }
            if (value != null && value.endsWith("\\")) {
                throw new IllegalArgumentException(
                        "An option's value must not end in a backslash: it would escape the quote");
            }
            name = name.toLowerCase(Locale.ROOT);
        }

        /** The option as it stands in a line; quotes in the value are escaped. */
        @Override
        public String toString() {
            return value == null ? name : name + "=\"" + value.replace("\"", "\\\"") + "\"";
        }

        private static boolean inName(int c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        }
    }

    /**
     * The line of a key.
     *
     * @param key the key
     * @param options what its options say
     * @param comment the comment, may be empty
     * @return the line
     * @throws IllegalArgumentException if an option's value cannot stand in a line: it has control characters, or ends in a
     *     backslash
     */
    public static AuthorizedKeysLine of(SshPublicKey key, AuthorizedKeyOptions options, String comment) {
        return new AuthorizedKeysLine(options.toOptions(), key, comment);
    }

    /**
     * Whether a line has no key and is to be skipped.
     *
     * @param line one line
     * @return true for an empty line and a {@code #} comment
     */
    public static boolean isBlank(String line) {
        String text = line.strip();
        return text.isEmpty() || text.startsWith("#");
    }

    /**
     * Reads a line with a key.
     *
     * @param line one line, without its end
     * @return the parts
     * @throws SshFormatException if it has no key, an option cannot be read, or the key is refused; the position counts
     *     characters
     */
    public static AuthorizedKeysLine parse(String line) throws SshFormatException {
        if (line.length() > MAX_LINE_CHARS) {
            throw new SshFormatException(WHAT + ": more than " + MAX_LINE_CHARS + " characters");
        }
        int bad = line.chars().filter(Text::breaksLine).findFirst().orElse(-1);
        if (bad >= 0) {
            throw new SshFormatException(WHAT + ": it has a control character", line.indexOf(bad));
        }
        if (isBlank(line)) {
            throw new SshFormatException(WHAT + ": it has no key", 0);
        }
        return new Parser(line).parse();
    }

    /**
     * What the options mean. Times without {@code Z} are of the time zone of this machine, as in OpenSSH.
     *
     * @return the options' meaning
     * @throws SshFormatException if an option is unknown or cannot be read: the key must then be refused
     */
    public AuthorizedKeyOptions meaning() throws SshFormatException {
        return AuthorizedKeyOptions.parse(options);
    }

    /**
     * Whether the line restricts or changes what the key may do.
     *
     * @return true if it has at least one option
     */
    public boolean hasOptions() {
        return !options.isEmpty();
    }

    /**
     * The line, such that {@link #parse} gives an equal one.
     *
     * @return the line without its end
     * @throws IllegalArgumentException if the comment has a control character
     */
    public String toLine() {
        String line = key.toOpenSshLine(comment);
        return options.isEmpty()
                ? line
                : options.stream().map(Option::toString).collect(Collectors.joining(",")) + " " + line;
    }

    private static final class Parser {
        private final String line;
        private int position;

        Parser(String line) {
            this.line = line;
        }

        AuthorizedKeysLine parse() throws SshFormatException {
            skipSpaces();
            List<Option> options = startsWithKey() ? List.of() : options();
            int start = position;
            SshKeyType type = SshKeyType.require(word("key type"), WHAT);
            int blobStart = position;
            SshPublicKey key = SshPublicKey.parse(SshPublicKey.base64(word("key"), WHAT, blobStart));
            if (key.type() != type) {
                throw new SshFormatException(
                        WHAT + ": it says " + type.wireName() + ", but the key is "
                                + key.type().wireName(),
                        start);
            }
            return new AuthorizedKeysLine(options, key, line.substring(position).strip());
        }

        /** A first word without option syntax that is a key type, or is followed by what every key blob begins with. */
        private boolean startsWithKey() throws SshFormatException {
            int start = position;
            String first = word("key type");
            boolean blobFollows = line.startsWith("AAAA", position);
            position = start;
            return SshKeyType.byWireName(first).isPresent()
                    || (blobFollows && first.matches("[a-z0-9@.-]+-[a-z0-9@.-]+"));
        }

        private List<Option> options() throws SshFormatException {
            List<Option> options = new ArrayList<>();
            do {
                options.add(option());
            } while (consume(','));
            int start = position;
            skipSpaces();
            if (position == start && position < line.length()) {
                throw error("neither a comma nor a space follows the option "
                        + options.get(options.size() - 1).name());
            }
            return options;
        }

        private Option option() throws SshFormatException {
            int start = position;
            while (position < line.length() && Option.inName(line.charAt(position))) {
                position++;
            }
            if (position == start) {
                throw error("an option's name or a key type is missing");
            }
            String name = line.substring(start, position);
            return new Option(name, consume('=') ? quoted(name) : null);
        }

        /** Only {@code \"} is an escape, as in OpenSSH; other backslashes stand for themselves. */
        private String quoted(String name) throws SshFormatException {
            int start = position;
            if (!consume('"')) {
                throw error("the value of the option " + name + " is not in quotes");
            }
            StringBuilder value = new StringBuilder();
            while (position < line.length() && line.charAt(position) != '"') {
                if (line.startsWith("\\\"", position)) {
                    position++;
                }
                value.append(line.charAt(position++));
            }
            if (!consume('"')) {
                position = start;
                throw error("the quotes of the option " + name + " do not end");
            }
            return value.toString();
        }

        private String word(String field) throws SshFormatException {
            int start = position;
            while (position < line.length() && !isSpace(line.charAt(position))) {
                position++;
            }
            if (position == start) {
                throw error(field + " is missing");
            }
            String word = line.substring(start, position);
            skipSpaces();
            return word;
        }

        private void skipSpaces() {
            while (position < line.length() && isSpace(line.charAt(position))) {
                position++;
            }
        }

        private boolean consume(char c) {
            if (position < line.length() && line.charAt(position) == c) {
                position++;
                return true;
            }
            return false;
        }

        private SshFormatException error(String reason) {
            return new SshFormatException(WHAT + ": " + reason, position);
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\t';
        }
    }
}

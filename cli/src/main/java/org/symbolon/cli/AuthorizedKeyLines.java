package org.symbolon.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeysLine;
import org.symbolon.ssh.PublicKeyFile;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;

/**
 * The keys of a file: lines of authorized_keys, or one key in another form.
 *
 * @param keys those that can be taken
 * @param mistakes why others cannot, each with its place
 */
record AuthorizedKeyLines(List<Line> keys, List<String> mistakes) {
    /**
     * A key that can be taken.
     *
     * @param key the key
     * @param options what its options and those of the command line say
     * @param comment its comment
     */
    record Line(SshPublicKey key, AuthorizedKeyOptions options, String comment) {
        boolean isPlain() {
            return options.equals(AuthorizedKeyOptions.NONE) && !key.type().isSecurityKey();
        }
    }

    /** Reads a file; the options given stand before those of each line. */
    static AuthorizedKeyLines read(Path file, byte[] content, List<AuthorizedKeysLine.Option> options) {
        String text = new String(content, StandardCharsets.UTF_8);
        List<Line> keys = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        int number = 0;
        if (isOneKey(content, text)) {
            try {
                PublicKeyFile only = PublicKeyFile.parse(content);
                keys.add(line(new AuthorizedKeysLine(List.of(), only.key(), only.comment()), options));
            } catch (SshFormatException e) {
                mistakes.add(file + ": " + e.getMessage());
            }
            return new AuthorizedKeyLines(keys, mistakes);
        }
        for (String each : text.lines().toList()) {
            number++;
            try {
                if (!AuthorizedKeysLine.isBlank(each)) {
                    keys.add(line(AuthorizedKeysLine.parse(each), options));
                }
            } catch (SshFormatException e) {
                mistakes.add(file + ":" + number + ": " + e.getMessage());
            }
        }
        return new AuthorizedKeyLines(keys, mistakes);
    }

    private static boolean isOneKey(byte[] content, String text) {
        return content.length == 0
                || content[0] == 0x30
                || text.contains("-----BEGIN ")
                || text.contains("---- BEGIN ")
                || text.startsWith("PuTTY-User-Key-File")
                || text.lines().allMatch(AuthorizedKeysLine::isBlank);
    }

    private static Line line(AuthorizedKeysLine read, List<AuthorizedKeysLine.Option> given) throws SshFormatException {
        List<AuthorizedKeysLine.Option> options = new ArrayList<>(given);
        options.addAll(read.options());
        return new Line(read.key(), AuthorizedKeyOptions.parse(options), read.comment());
    }

    /** Reads an option of the command line: its value needs no quotes, which shells take away, but may have them. */
    static AuthorizedKeysLine.Option option(String text) throws CommandFailure {
        int equals = text.indexOf('=');
        try {
            return equals < 0
                    ? new AuthorizedKeysLine.Option(text, null)
                    : new AuthorizedKeysLine.Option(text.substring(0, equals), unquoted(text.substring(equals + 1)));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--option " + text + ": " + e.getMessage());
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replace("\\\"", "\"") : value;
    }
}

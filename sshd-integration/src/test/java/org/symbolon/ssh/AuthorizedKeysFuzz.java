package org.symbolon.ssh;

import java.nio.charset.StandardCharsets;

/**
 * A fuzz target: lines of {@code authorized_keys} and what their options mean. What is read says the same when it is written.
 * Jazzer finds the method by its name; {@link FuzzTargetsTest} calls it in every build.
 */
public final class AuthorizedKeysFuzz {
    private AuthorizedKeysFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzedInput.of(data).read(AuthorizedKeysFuzz::line);
    }

    private static void line(byte[] data) throws SshFormatException {
        AuthorizedKeysLine line = AuthorizedKeysLine.parse(new String(data, StandardCharsets.UTF_8));
        FuzzedInput.require(
                AuthorizedKeysLine.parse(line.toLine()).equals(line), "a line is the same when it is read again");
        AuthorizedKeyOptions meaning = line.meaning();
        AuthorizedKeysLine written = AuthorizedKeysLine.of(line.key(), meaning, line.comment());
        FuzzedInput.require(
                AuthorizedKeysLine.parse(written.toLine()).meaning().equals(meaning),
                "options mean the same when written");
    }
}

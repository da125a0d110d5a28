package org.symbolon.soft;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.symbolon.Pkcs11Uri;
import org.symbolon.TokenException;
import org.symbolon.config.SecretReference;

/**
 * What remembers outside a database how far its tokens had come, so that a database that was replaced by an older copy
 * of itself is refused.
 *
 * <p>After each write, when it is durable, the token's epoch is noted; a database whose epoch is lower than the noted
 * one is refused. A process that dies between the two leaves an anchor that is behind, which is accepted. An anchor that
 * knows nothing of a token takes what it is told first. Thread-safe.
 */
public interface RollbackAnchor {
    /**
     * Returns how far a token had come.
     *
     * @param token the token's uuid
     * @return the highest epoch that was noted; empty if none was
     * @throws TokenException if the anchor cannot be reached
     */
    OptionalLong epoch(UUID token) throws TokenException;

    /**
     * Notes how far a token has come; durable when the call returns. A lower epoch than the noted one changes nothing.
     *
     * @param token the token's uuid
     * @param epoch its epoch, from 1
     * @throws TokenException if the anchor cannot be reached
     */
    void note(UUID token, long epoch) throws TokenException;

    /**
     * Returns an anchor in a file, which is created with the first note. It belongs on another disk or machine than the
     * database, where whoever can put back the one cannot put back the other. Processes may share it.
     *
     * @param path the file; its folder exists
     * @return the anchor
     */
    static RollbackAnchor file(Path path) {
        return new FileAnchor(path);
    }

    /**
     * Returns an anchor that is a private data object in another token, opened for each note and closed again.
     *
     * @param uri the URI of the other token's module, which has one token
     * @param pin where that token's PIN is
     * @return the anchor
     */
    static RollbackAnchor inToken(String uri, SecretReference pin) {
        return new TokenAnchor(new OtherToken(uri, Pkcs11Uri.any(), pin));
    }

    /** Returns the anchor of a setting: {@code file:PATH} or a module's URI. */
    static RollbackAnchor of(String text, @Nullable SecretReference pin) {
        if (text.startsWith("file:")) {
            try {
                return file(Path.of(text.substring("file:".length())));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(SoftSettings.ANCHOR + " wants the path of a file, not " + text, e);
            }
        }
        if (pin == null) {
            throw new IllegalArgumentException(
                    SoftSettings.ANCHOR + " is file:PATH or a module's URI, which wants " + SoftSettings.ANCHOR_PIN);
        }
        return inToken(text, pin);
    }
}

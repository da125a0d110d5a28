package org.symbolon.ssh.publickey;

import java.util.Objects;
import org.symbolon.ssh.Text;

/**
 * An attribute of a user's key or certificate (RFC 4819 section 4.1).
 *
 * @param name at most {@value #MAX_NAME_CHARS} printable ASCII characters without comma and space; case counts; names without
 *     an at sign are the standard's
 * @param value what it says, at most {@value #MAX_VALUE_BYTES} bytes of UTF-8; empty where presence is all
 * @param critical whether a server that does not enforce it must refuse the request; servers do not say it when they list
 */
public record KeyAttribute(String name, String value, boolean critical) {
    /** The longest name. */
    public static final int MAX_NAME_CHARS = 64;

    /** The longest value, in bytes. */
    public static final int MAX_VALUE_BYTES = 65_536;

    /** Any text about the key, never interpreted. */
    public static final String COMMENT = "comment";

    /** The language tag of the comment before it. */
    public static final String COMMENT_LANGUAGE = "comment-language";

    /** The command that runs in place of what a client asks for; empty: none does. */
    public static final String COMMAND_OVERRIDE = "command-override";

    /** The subsystems that may be opened, separated by commas; empty: none. */
    public static final String SUBSYSTEM = "subsystem";

    /** No X11 forwarding. */
    public static final String X11 = "x11";

    /** No shell. */
    public static final String SHELL = "shell";

    /** No commands. */
    public static final String EXEC = "exec";

    /** No agent forwarding. */
    public static final String AGENT = "agent";

    /** No environment variables from the client. */
    public static final String ENV = "env";

    /** The hosts from which the key may be used, separated by commas. */
    public static final String FROM = "from";

    /** The hosts to which connections may be forwarded, separated by commas; empty: none. */
    public static final String PORT_FORWARD = "port-forward";

    /** The ports on which forwarded connections may be listened for, separated by commas; empty: none. */
    public static final String REVERSE_FORWARD = "reverse-forward";

    /** Where a key or certificate belongs (RFC 7076 section 4). */
    public static final String NAMESPACE = "namespace";

    /** Checks the name. */
    public KeyAttribute {
        Objects.requireNonNull(value);
        if (name.isEmpty() || name.length() > MAX_NAME_CHARS || !name.chars().allMatch(KeyAttribute::inName)) {
            throw new IllegalArgumentException("The attribute name \"" + Text.quoted(name) + "\" is not 1 to "
                    + MAX_NAME_CHARS + " printable ASCII characters without comma and space");
        }
    }

    /**
     * An attribute that a server must enforce or refuse.
     *
     * @param name its name
     * @param value its value
     * @return the attribute
     */
    public static KeyAttribute critical(String name, String value) {
        return new KeyAttribute(name, value, true);
    }

    /**
     * An attribute that a server may leave out.
     *
     * @param name its name
     * @param value its value
     * @return the attribute
     */
    public static KeyAttribute optional(String name, String value) {
        return new KeyAttribute(name, value, false);
    }

    /**
     * A comment.
     *
     * @param text the text
     * @return the attribute
     */
    public static KeyAttribute comment(String text) {
        return optional(COMMENT, text);
    }

    private static boolean inName(int c) {
        return c > ' ' && c < 0x7f && c != ',';
    }
}

package org.symbolon.ssh;

import java.util.Arrays;
import java.util.Optional;

/** What a login may be denied, each by one option of its key. */
public enum LoginRight {
    /** A terminal ({@code pty-req}). */
    PTY("pty"),
    /** Forwarding of TCP connections and of unix sockets, in both directions. */
    PORT_FORWARDING("port-forwarding"),
    /** Forwarding of the user's agent ({@code auth-agent-req@openssh.com}). */
    AGENT_FORWARDING("agent-forwarding"),
    /** Forwarding of X11 connections ({@code x11-req}). */
    X11_FORWARDING("X11-forwarding"),
    /** Running {@code ~/.ssh/rc}. */
    USER_RC("user-rc"),
    /** A shell ({@code shell}); no option of OpenSSH denies it. */
    SHELL("shell"),
    /** A command ({@code exec}); no option of OpenSSH denies it. */
    EXEC("exec"),
    /** Variables that the client sets ({@code env}); no option of OpenSSH denies it. */
    ENVIRONMENT_REQUESTS("env");

    private final String option;

    LoginRight(String option) {
        this.option = option;
    }

    /**
     * The option that gives the right back after {@code restrict}, and with {@code no-} before it takes the right away.
     *
     * @return such as {@code pty}
     */
    public String option() {
        return option;
    }

    /**
     * Whether OpenSSH has the option; {@code restrict} takes away exactly these rights.
     *
     * @return false for the rights that only RFC 4819 knows
     */
    public boolean knownToOpenSsh() {
        return switch (this) {
            case PTY, PORT_FORWARDING, AGENT_FORWARDING, X11_FORWARDING, USER_RC -> true;
            case SHELL, EXEC, ENVIRONMENT_REQUESTS -> false;
        };
    }

    static Optional<LoginRight> byOption(String name) {
        return Arrays.stream(values())
                .filter(right -> right.option.equalsIgnoreCase(name))
                .findFirst();
    }
}

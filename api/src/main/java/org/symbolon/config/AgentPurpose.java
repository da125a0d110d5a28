package org.symbolon.config;

import java.util.Arrays;
import java.util.Optional;

/** What a signature by an ssh-agent is for, as the data to be signed shows. */
public enum AgentPurpose {
    /** A user logs in: the request of RFC 4252 section 7, or OpenSSH's that names the host's key, too. */
    LOGIN("login"),
    /** A server proves its host key: an exchange hash (RFC 4253 section 8), or what OpenSSH's {@code hostkeys-prove} asks for. */
    HOST("host"),
    /** A certificate of OpenSSH is issued. */
    CA("ca"),
    /** A file, a commit or a tag is signed, by {@code ssh-keygen -Y sign} (OpenSSH's PROTOCOL.sshsig). */
    SIGNATURE("signature"),
    /** Anything else: data of a shape that is not known. Whoever may sign it may sign whatever it means to somebody. */
    OTHER("other");

    private final String word;

    AgentPurpose(String word) {
        this.word = word;
    }

    /**
     * The word for it in the configuration, on the command line and in the log.
     *
     * @return such as {@code login}
     */
    public String word() {
        return word;
    }

    /**
     * Finds a purpose by its word.
     *
     * @param word any text
     * @return the purpose, or empty where there is none of this word
     */
    public static Optional<AgentPurpose> byWord(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }
}

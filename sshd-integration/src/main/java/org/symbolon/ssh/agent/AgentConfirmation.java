package org.symbolon.ssh.agent;

/** Asks a person whether a key may be used. {@link Askpass} asks by a program. Thread-safe. */
@FunctionalInterface
public interface AgentConfirmation {
    /**
     * Asks, and blocks until there is an answer.
     *
     * @param question what is asked, a few lines of text
     * @return whether the answer is yes; nobody there to answer is no
     */
    boolean isConfirmed(String question);
}

package org.symbolon.config;

import java.util.Optional;

/**
 * What the SSH server finds in tokens.
 *
 * @param users the name of the token that holds the users' authorized keys
 * @param userLabel the label of a user's keys, in which {@code {user}} stands for the user's name
 * @param findBy by what a key is looked up
 * @param hostKeys the name of the token that holds the server's host keys
 * @param hostKeyLabel the label of the host keys; empty takes every private key that can sign
 */
public record SshConfiguration(
        Optional<String> users,
        String userLabel,
        FindBy findBy,
        Optional<String> hostKeys,
        Optional<String> hostKeyLabel) {
    /** What stands for the user's name in {@link #userLabel}. */
    public static final String USER = "{user}";

    /** By what a user's key is looked up in a token. */
    public enum FindBy {
        /** {@code id}: by label and CKA_ID, the SHA-256 of the key; one exact find. */
        ID,
        /** {@code label}: by label alone, then each is compared; for tokens where ids cannot be chosen. */
        LABEL
    }

    static SshConfiguration ofDefaults() {
        return new SshConfiguration(Optional.empty(), USER, FindBy.ID, Optional.empty(), Optional.empty());
    }
}

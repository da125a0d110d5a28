package org.symbolon.ssh.agent;

import org.symbolon.config.OpenToken;
import org.symbolon.ssh.TokenSshKeys;

/**
 * A token that a client has logged in to.
 *
 * @param token the token, closed with this
 * @param keys its keys
 * @param constraints what they are given with
 * @param expiry when it is closed
 */
record OpenedToken(OpenToken token, TokenSshKeys keys, KeyConstraints constraints, Expiry expiry)
        implements AutoCloseable {
    @Override
    public void close() {
        keys.close();
        token.close();
    }
}

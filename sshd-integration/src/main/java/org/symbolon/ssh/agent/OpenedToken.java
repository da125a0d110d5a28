package org.symbolon.ssh.agent;

import org.symbolon.ObjectQuery;
import org.symbolon.TokenException;
import org.symbolon.config.OpenToken;
import org.symbolon.ssh.TokenSigner;
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
    /** Reads and tests the keys of a token; closes it if that fails. */
    static OpenedToken of(OpenToken token, KeyConstraints constraints) throws TokenException {
        OpenedToken opened = null;
        try {
            TokenSshKeys keys = TokenSshKeys.matching(token.session(), new TokenSigner(), ObjectQuery.privateKeys());
            opened = new OpenedToken(token, keys, constraints, Expiry.after(constraints.lifetime()));
            return opened;
        } finally {
            if (opened == null) {
                token.close();
            }
        }
    }

    @Override
    public void close() {
        keys.close();
        token.close();
    }
}

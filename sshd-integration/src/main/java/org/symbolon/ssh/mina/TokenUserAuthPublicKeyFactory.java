package org.symbolon.ssh.mina;

import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;

/** Makes {@link TokenUserAuthPublicKey} in place of MINA's own. */
final class TokenUserAuthPublicKeyFactory extends UserAuthPublicKeyFactory {
    private final TokenCalls lookups;

    TokenUserAuthPublicKeyFactory(TokenCalls lookups) {
        this.lookups = lookups;
    }

    @Override
    public UserAuthPublicKey createUserAuth(ServerSession session) {
        return new TokenUserAuthPublicKey(lookups);
    }
}

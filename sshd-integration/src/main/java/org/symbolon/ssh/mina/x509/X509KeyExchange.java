package org.symbolon.ssh.mina.x509;

import java.util.Optional;
import org.apache.sshd.client.kex.DHGClient;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.digest.Digest;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchange;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/** MINA's key exchange of a client, with hosts that show certificates. Hybrids with post-quantum methods work as well. */
final class X509KeyExchange extends DHGClient {
    private X509KeyExchange(DHFactory factory, Session session) {
        super(factory, session);
    }

    /** A factory of the same name that takes certificates, or the same one where it is none of MINA's own. */
    static KeyExchangeFactory of(KeyExchangeFactory plain) {
        DHFactory own = BuiltinDHFactories.resolveFactory(plain.getName());
        return own == null ? plain : new Factory(own);
    }

    @Override
    public boolean next(int command, Buffer buffer) throws Exception {
        Optional<HostKeyReply> reply =
                command == SshConstants.SSH_MSG_KEXDH_REPLY ? HostKeyReply.of(getSession(), buffer) : Optional.empty();
        if (reply.isEmpty()) {
            return super.next(command, buffer);
        }
        Digest own = hash;
        try {
            hash = reply.get().digest(own, v_c, v_s, i_c, i_s);
            boolean done = super.next(command, reply.get().plainReply());
            getClientSession().setServerKey(new X509PublicKey(reply.get().key()));
            return done;
        } finally {
            hash = own;
        }
    }

    private record Factory(DHFactory own) implements KeyExchangeFactory {
        @Override
        public String getName() {
            return own.getName();
        }

        @Override
        public KeyExchange createKeyExchange(Session session) {
            return own.isGroupExchange() ? new X509GroupExchange(own, session) : new X509KeyExchange(own, session);
        }
    }
}

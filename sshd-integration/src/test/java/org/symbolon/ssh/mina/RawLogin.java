package org.symbolon.ssh.mina;

import org.apache.sshd.client.auth.AbstractUserAuth;
import org.apache.sshd.client.auth.AbstractUserAuthFactory;
import org.apache.sshd.client.auth.UserAuth;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshWriter;

/** A client's method "publickey" that says and signs what a test wants, once. */
final class RawLogin extends AbstractUserAuthFactory {
    private final String algorithm;
    private final byte[] blob;
    private final boolean probe;
    private final Signing signing;

    /** Makes the signature blob of a message. */
    @FunctionalInterface
    interface Signing {
        byte[] sign(byte[] message) throws Exception;
    }

    private RawLogin(String algorithm, byte[] blob, boolean probe, Signing signing) {
        super("publickey");
        this.algorithm = algorithm;
        this.blob = blob.clone();
        this.probe = probe;
        this.signing = signing;
    }

    /** Signs at once. */
    static RawLogin signed(String algorithm, byte[] blob, Signing signing) {
        return new RawLogin(algorithm, blob, false, signing);
    }

    /** Signs at once, by the algorithm that is named as the key. */
    static RawLogin signed(SshPublicKey key, Signing signing) {
        return signed(key.type().wireName(), key.blob(), signing);
    }

    /** Asks first. */
    static RawLogin probed(SshPublicKey key, Signing signing) {
        return new RawLogin(key.type().wireName(), key.blob(), true, signing);
    }

    @Override
    public UserAuth createUserAuth(ClientSession session) {
        return new Method();
    }

    private final class Method extends AbstractUserAuth {
        private boolean sent;

        Method() {
            super("publickey");
        }

        @Override
        protected boolean sendAuthDataRequest(ClientSession session, String service) throws Exception {
            if (sent) {
                return false;
            }
            sent = true;
            send(session, service, !probe);
            return true;
        }

        @Override
        protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer)
                throws Exception {
            if (buffer.getUByte() != SshConstants.SSH_MSG_USERAUTH_PK_OK) {
                return false;
            }
            send(session, service, true);
            return true;
        }

        private void send(ClientSession session, String service, boolean sign) throws Exception {
            byte[] request = new SshWriter()
                    .octet(SshConstants.SSH_MSG_USERAUTH_REQUEST)
                    .string(session.getUsername())
                    .string(service)
                    .string(getName())
                    .bool(sign)
                    .string(algorithm)
                    .string(blob)
                    .toByteArray();
            Buffer packet = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_REQUEST);
            packet.putRawBytes(request, 1, request.length - 1);
            if (sign) {
                byte[] message = new SshWriter()
                        .string(session.getSessionId())
                        .raw(request)
                        .toByteArray();
                packet.putBytes(signing.sign(message));
            }
            session.writePacket(packet);
        }
    }
}

package org.symbolon.ssh.mina.x509;

import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.auth.pubkey.PublicKeyAuthenticationReporter;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.x509.X509Algorithm;

/**
 * The client's method "publickey" for certificates: the server's echo of the key is compared by its bytes, which MINA would
 * parse, and the signature has the name of RFC 6187 section 3. The host-bound form of the request is not used for them.
 */
final class X509UserAuth extends UserAuthPublicKey {
    X509UserAuth(List<NamedFactory<Signature>> factories) {
        super(factories);
    }

    /** Makes it in place of MINA's own. */
    static final class Factory extends UserAuthPublicKeyFactory {
        Factory(List<NamedFactory<Signature>> factories) {
            super(factories);
        }

        @Override
        public UserAuthPublicKey createUserAuth(ClientSession session) {
            return new X509UserAuth(getSignatureFactories());
        }
    }

    @Override
    protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer) throws Exception {
        KeyPair pair = current.getKeyIdentity();
        if (!(pair.getPublic() instanceof X509PublicKey key)) {
            return super.processAuthDataRequest(session, service, buffer);
        }
        int command = buffer.getUByte();
        if (command != SshConstants.SSH_MSG_USERAUTH_PK_OK) {
            throw new SignatureException("Not an answer to the offer of a certificate: message " + command);
        }
        String algorithm = buffer.getString();
        byte[] echoed = buffer.getBytes();
        if (!algorithm.equals(chosenAlgorithm)
                || !Arrays.equals(echoed, key.keyBlob().blob())) {
            throw new SignatureException("The server answered for another key than the certificate that was offered");
        }
        Buffer request = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_REQUEST, echoed.length + Byte.MAX_VALUE);
        request.putString(session.getUsername());
        request.putString(service);
        request.putString(getName());
        request.putBoolean(true);
        request.putString(algorithm);
        request.putBytes(echoed);
        byte[] signature =
                appendSignature(session, service, getName(), session.getUsername(), algorithm, key, null, request);
        PublicKeyAuthenticationReporter reporter = session.getPublicKeyAuthenticationReporter();
        if (reporter != null) {
            reporter.signalSignatureAttempt(session, service, pair, algorithm, signature);
        }
        setCancellable(false);
        session.writePacket(request);
        return true;
    }

    @Override
    protected byte[] appendSignature(
            ClientSession session,
            String service,
            String name,
            String username,
            String algorithm,
            PublicKey key,
            @Nullable PublicKey serverKey,
            Buffer buffer)
            throws Exception {
        if (!(key instanceof X509PublicKey certified)) {
            return super.appendSignature(session, service, name, username, algorithm, key, serverKey, buffer);
        }
        byte[] message = new SshWriter()
                .string(session.getSessionId())
                .octet(SshConstants.SSH_MSG_USERAUTH_REQUEST)
                .string(username)
                .string(service)
                .string(name)
                .bool(true)
                .string(algorithm)
                .string(certified.keyBlob().blob())
                .toByteArray();
        Map.Entry<String, byte[]> signed = current.sign(session, algorithm, message);
        X509Algorithm used = certified.keyBlob().algorithm();
        buffer.putBytes(new SshWriter()
                .string(used.signatureName())
                .string(signed.getValue())
                .toByteArray());
        return signed.getValue();
    }
}

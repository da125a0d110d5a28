package org.symbolon.ssh.mina;

import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshWriter;

/**
 * The method "publickey" (RFC 4252 section 7) for servers with a {@link TokenPublickeyAuthenticator}: requests are handled by
 * their bytes, so that keys and certificates work that MINA cannot read. Other authenticators are asked as MINA does.
 */
final class TokenUserAuthPublicKey extends UserAuthPublicKey {
    private static final Logger LOG = LoggerFactory.getLogger(TokenUserAuthPublicKey.class);

    private final TokenCalls lookups;

    TokenUserAuthPublicKey(TokenCalls lookups) {
        this.lookups = lookups;
    }

    /** {@inheritDoc} True: logged in. False: refused. Null: the probe was answered, the client may sign. */
    @Override
    public @Nullable Boolean doAuth(Buffer buffer, boolean init) throws Exception {
        ServerSession session = getServerSession();
        if (!(session.getPublickeyAuthenticator() instanceof TokenPublickeyAuthenticator authenticator)) {
            return super.doAuth(buffer, init);
        }
        if (!init) {
            throw new SignatureException("A message of another method came in place of a request");
        }
        boolean signed = buffer.getBoolean();
        OfferedUserKey offered =
                new OfferedUserKey(getUsername(), buffer.getString(), Bytes.wrap(buffer.getBytes()), session);
        byte[] signature = signed ? buffer.getBytes() : new byte[0];
        if (buffer.available() > 0) {
            throw new SignatureException("Data follow the end of the request");
        }
        if (!isOffered(session, offered.algorithm())) {
            return false;
        }
        return decide(authenticator, offered, signed, signature);
    }

    /** The server's list of signature algorithms rules here as well; MINA has no names for certificates of FIDO keys. */
    private static boolean isOffered(ServerSession session, String algorithm) {
        List<String> names = NamedResource.getNameList(session.getSignatureFactories());
        return names.contains(algorithm)
                || CertifiedUserKeys.fidoType(algorithm)
                        .filter(type -> names.contains(type.wireName()))
                        .isPresent();
    }

    private @Nullable Boolean decide(
            TokenPublickeyAuthenticator authenticator, OfferedUserKey offered, boolean signed, byte[] signature)
            throws Exception {
        Optional<AcceptedUserKey> accepted = authenticator.accept(offered, signed, lookups);
        if (accepted.isEmpty()) {
            return false;
        }
        if (!signed) {
            answerProbe(offered);
            return null;
        }
        return hasSigned(offered, accepted.get(), signature) && authenticator.logIn(offered, accepted.get());
    }

    private boolean hasSigned(OfferedUserKey offered, AcceptedUserKey accepted, byte[] signature) {
        byte[] message = new SshWriter()
                .string(offered.session().getSessionId())
                .octet(SshConstants.SSH_MSG_USERAUTH_REQUEST)
                .string(offered.user())
                .string(getService())
                .string(getName())
                .bool(true)
                .string(offered.algorithm())
                .string(offered.blob().sharedArray())
                .toByteArray();
        try {
            boolean authentic = accepted.signature().verify(message, signature);
            if (!authentic) {
                LOG.warn("Refused: {}: {} did not make this signature", offered, accepted.name());
            }
            return authentic;
        } catch (GeneralSecurityException e) {
            LOG.warn("Refused: {}: {}: {}", offered, accepted.name(), e.getMessage());
            return false;
        }
    }

    private void answerProbe(OfferedUserKey offered) throws Exception {
        ServerSession session = offered.session();
        Buffer answer = session.createBuffer(
                SshConstants.SSH_MSG_USERAUTH_PK_OK, offered.blob().length() + Long.SIZE);
        answer.putString(offered.algorithm());
        answer.putBytes(offered.blob().sharedArray());
        session.writePacket(answer);
    }
}

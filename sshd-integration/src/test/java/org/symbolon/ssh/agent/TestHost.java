package org.symbolon.ssh.agent;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshSignature;
import org.symbolon.ssh.SshSignatureAlgorithm;
import org.symbolon.ssh.SshWriter;

/** A host that proves its key for sessions. */
final class TestHost {
    private final KeyPair keys;
    private final String name;

    TestHost(String name) throws GeneralSecurityException {
        this.name = name;
        this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    SshPublicKey key() throws GeneralSecurityException {
        return SshPublicKey.of(keys.getPublic());
    }

    static byte[] newSessionId() {
        byte[] id = new byte[32];
        new SecureRandom().nextBytes(id);
        return id;
    }

    /** The request with which ssh binds a connection to a session with this host. */
    byte[] bind(byte[] sessionId, boolean forwarding) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(sessionId);
        byte[] contents = new SshWriter()
                .string(key().blob())
                .string(sessionId)
                .string(SshSignature.ofPlain(SshSignatureAlgorithm.ED25519, signature.sign())
                        .toBlob())
                .bool(forwarding)
                .toByteArray();
        return new AgentRequest.Extension(AgentExtension.SESSION_BIND, Bytes.wrap(contents)).encode();
    }

    /** The data that a login at this host signs. */
    byte[] login(byte[] sessionId, String user, SshPublicKey userKey) throws GeneralSecurityException {
        return new SshWriter()
                .string(sessionId)
                .octet(50)
                .string(user)
                .string("ssh-connection")
                .string("publickey-hostbound-v00@openssh.com")
                .bool(true)
                .string(userKey.type().signatureAlgorithms().get(0).wireName())
                .string(userKey.blob())
                .string(key().blob())
                .toByteArray();
    }

    /** This host as a hop. */
    DestinationConstraint.Hop hop(String user) throws GeneralSecurityException {
        return new DestinationConstraint.Hop(user, name, List.of(new DestinationConstraint.KnownKey(key(), false)));
    }

    /** This machine as a hop. */
    static DestinationConstraint.Hop here() {
        return new DestinationConstraint.Hop("", "", List.of());
    }
}

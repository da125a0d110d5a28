package org.symbolon.ssh.mina.x509;

import java.util.Arrays;
import java.util.Optional;
import org.apache.sshd.common.digest.Digest;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.x509.X509Algorithm;
import org.symbolon.ssh.x509.X509KeyBlob;

/**
 * The server's reply in a key exchange, with certificates as its host key.
 *
 * @param key the certificates
 * @param plain the key in the leaf
 * @param rest what follows the host key in the reply
 */
record HostKeyReply(X509KeyBlob key, SshPublicKey plain, Bytes rest) {
    /** Reads a reply, or nothing where a host key of another kind was agreed on. */
    static Optional<HostKeyReply> of(Session session, Buffer reply) throws SshFormatException {
        String agreed = session.getNegotiatedKexParameter(KexProposalOption.SERVERKEYS);
        Optional<X509Algorithm> algorithm = X509Algorithm.byWireName(agreed);
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        X509KeyBlob key = X509KeyBlob.parse(reply.getBytes());
        if (key.algorithm() != algorithm.get()) {
            throw new SshFormatException("The host's key is " + key.algorithm().wireName() + ", agreed was " + agreed);
        }
        byte[] rest = new byte[reply.available()];
        reply.getRawBytes(rest);
        return Optional.of(new HostKeyReply(key, SshPublicKey.of(key.leaf().getPublicKey()), Bytes.wrap(rest)));
    }

    /** The reply with the plain key in place of the certificates. */
    Buffer plainReply() {
        return new ByteArrayBuffer(
                new SshWriter().string(plain.blob()).raw(rest.toByteArray()).toByteArray());
    }

    /** The digest over what stands before the host key, the certificates, and the rest. */
    Digest digest(Digest own, byte[]... stringsBefore) {
        int before = Arrays.stream(stringsBefore)
                .mapToInt(each -> Integer.BYTES + each.length)
                .sum();
        return new HostKeyDigest(own, before, string(plain.blob()), string(key.blob()));
    }

    private static byte[] string(byte[] bytes) {
        return new SshWriter().string(bytes).toByteArray();
    }
}

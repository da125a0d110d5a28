package org.symbolon.ssh.mina.x509;

import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.signature.Signature;
import org.jspecify.annotations.Nullable;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.x509.X509Algorithm;

/** Signs as the plain key does, whose bytes RFC 6187 takes over under its own names; verifies by those names. */
final class X509Signature implements Signature {
    private final X509Algorithm algorithm;
    private final Signature plain;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable PublicKey key;

    X509Signature(X509Algorithm algorithm, Signature plain) {
        this.algorithm = algorithm;
        this.plain = plain;
    }

    @Override
    public String getAlgorithm() {
        return algorithm.jcaName();
    }

    @Override
    public String getSshAlgorithmName(String name) {
        return algorithm.signatureName();
    }

    @Override
    public void initVerifier(SessionContext session, PublicKey publicKey) throws Exception {
        message.reset();
        key = publicKey instanceof X509PublicKey certified
                ? certified.keyBlob().leaf().getPublicKey()
                : SshPublicKey.of(publicKey).toPublicKey();
    }

    @Override
    public void initSigner(SessionContext session, PrivateKey privateKey) throws Exception {
        key = null;
        plain.initSigner(session, privateKey);
    }

    @Override
    public void update(SessionContext session, byte[] data, int offset, int length) throws Exception {
        if (key == null) {
            plain.update(session, data, offset, length);
        } else {
            message.write(data, offset, length);
        }
    }

    @Override
    public boolean verify(SessionContext session, byte[] signature) throws Exception {
        if (key == null) {
            throw new InvalidKeyException("A signature that was begun for signing cannot verify");
        }
        byte[] data = message.toByteArray();
        message.reset();
        return algorithm.verify(key, data, signature);
    }

    @Override
    public byte[] sign(SessionContext session) throws Exception {
        return plain.sign(session);
    }

    @Override
    public String toString() {
        return "X509Signature[" + algorithm.wireName() + "]";
    }
}

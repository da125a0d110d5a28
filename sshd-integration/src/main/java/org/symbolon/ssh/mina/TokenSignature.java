package org.symbolon.ssh.mina;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.signature.Signature;
import org.jspecify.annotations.Nullable;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.ssh.SshSignature;
import org.symbolon.ssh.SshSignatureAlgorithm;

/** Signs with keys of tokens by their session; everything else, verification too, is MINA's own signature's. */
final class TokenSignature implements Signature {
    private final SshSignatureAlgorithm algorithm;
    private final Signing signer;
    private final Signature own;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable TokenPrivateKey key;

    /** Makes signatures by keys of tokens. */
    @FunctionalInterface
    interface Signing {
        SshSignature sign(TokenPrivateKey key, SshSignatureAlgorithm algorithm, byte[] data)
                throws GeneralSecurityException;
    }

    TokenSignature(SshSignatureAlgorithm algorithm, Signing signer, Signature own) {
        this.algorithm = algorithm;
        this.signer = signer;
        this.own = own;
    }

    @Override
    public String getAlgorithm() {
        return own.getAlgorithm();
    }

    @Override
    public String getSshAlgorithmName(String name) {
        return own.getSshAlgorithmName(name);
    }

    @Override
    public void initVerifier(SessionContext session, PublicKey publicKey) throws Exception {
        key = null;
        own.initVerifier(session, publicKey);
    }

    @Override
    public void initSigner(SessionContext session, PrivateKey privateKey) throws Exception {
        message.reset();
        key = privateKey instanceof TokenPrivateKey inToken ? inToken : null;
        if (key == null) {
            own.initSigner(session, privateKey);
        }
    }

    @Override
    public void update(SessionContext session, byte[] data, int offset, int length) throws Exception {
        if (key == null) {
            own.update(session, data, offset, length);
        } else {
            message.write(data, offset, length);
        }
    }

    @Override
    public boolean verify(SessionContext session, byte[] signature) throws Exception {
        if (key != null) {
            throw new InvalidKeyException("A signature that was begun for signing cannot verify");
        }
        return own.verify(session, signature);
    }

    @Override
    public byte[] sign(SessionContext session) throws Exception {
        TokenPrivateKey inToken = key;
        return inToken == null ? own.sign(session) : sign(inToken);
    }

    private byte[] sign(TokenPrivateKey inToken) throws GeneralSecurityException {
        byte[] data = message.toByteArray();
        message.reset();
        return signer.sign(inToken, algorithm, data).toValue();
    }

    @Override
    public String toString() {
        return "TokenSignature[" + algorithm.wireName() + "]";
    }
}

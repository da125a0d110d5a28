package org.symbolon.ssh.mina.x509;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.apache.sshd.common.config.keys.UnsupportedSshPublicKey;
import org.symbolon.ssh.x509.X509KeyBlob;

/** A chain of certificates as MINA's public key, which travels byte for byte as it came. Immutable. */
public final class X509PublicKey extends UnsupportedSshPublicKey {
    private static final long serialVersionUID = 1L;

    private final transient X509KeyBlob blob;

    /**
     * Wraps a chain.
     *
     * @param blob the chain
     */
    public X509PublicKey(X509KeyBlob blob) {
        super(blob.algorithm().wireName(), afterName(blob));
        this.blob = blob;
    }

    /**
     * The chain.
     *
     * @return the chain as it came
     */
    public X509KeyBlob keyBlob() {
        return blob;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof X509PublicKey key && blob.equals(key.blob);
    }

    @Override
    public int hashCode() {
        return blob.hashCode();
    }

    @Override
    public String toString() {
        return blob.toString();
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(X509PublicKey.class.getName());
    }

    /** MINA writes the name itself and then these bytes. */
    private static byte[] afterName(X509KeyBlob blob) {
        byte[] bytes = blob.blob();
        return Arrays.copyOfRange(
                bytes, Integer.BYTES + blob.algorithm().wireName().length(), bytes.length);
    }
}

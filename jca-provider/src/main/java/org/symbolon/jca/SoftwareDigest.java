package org.symbolon.jca;

import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.ProviderException;

/**
 * A hash of another provider, under our name: who names a provider for a signature, as Bouncy Castle's builders do, asks
 * the same provider for its hash. Not thread-safe, as no MessageDigest is.
 */
final class SoftwareDigest extends MessageDigestSpi implements Cloneable {
    private MessageDigest digest;

    private SoftwareDigest(MessageDigest digest) {
        this.digest = digest;
    }

    static SoftwareDigest of(String algorithm) {
        return OtherProviders.first(provider -> MessageDigest.getInstance(algorithm, provider))
                .map(SoftwareDigest::new)
                .orElseThrow(() -> new ProviderException("no other installed provider has MessageDigest " + algorithm));
    }

    @Override
    protected int engineGetDigestLength() {
        return digest.getDigestLength();
    }

    @Override
    protected void engineUpdate(byte input) {
        digest.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        digest.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
        return digest.digest();
    }

    @Override
    protected void engineReset() {
        digest.reset();
    }

    @Override
    public Object clone() throws CloneNotSupportedException {
        SoftwareDigest copy = (SoftwareDigest) super.clone();
        copy.digest = (MessageDigest) digest.clone();
        return copy;
    }
}

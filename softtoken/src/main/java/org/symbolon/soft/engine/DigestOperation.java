package org.symbolon.soft.engine;

import java.security.MessageDigest;

/** A digest. */
final class DigestOperation extends EngineOperation {
    private static final byte[] NOTHING = new byte[0];

    private final MessageDigest digest;

    DigestOperation(MessageDigest digest) {
        super(() -> {});
        this.digest = digest;
    }

    @Override
    byte[] take(byte[] input, int offset, int length) {
        digest.update(input, offset, length);
        return NOTHING;
    }

    @Override
    byte[] result() {
        return digest.digest();
    }
}

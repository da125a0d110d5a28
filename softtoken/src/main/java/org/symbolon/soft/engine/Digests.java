package org.symbolon.soft.engine;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.symbolon.HashAlgorithm;

/** Bouncy Castle's digests. */
final class Digests {
    private Digests() {}

    static Digest of(HashAlgorithm hash) {
        return switch (hash) {
            case SHA_1 -> new SHA1Digest();
            case SHA_224 -> new SHA224Digest();
            case SHA_256 -> new SHA256Digest();
            case SHA_384 -> new SHA384Digest();
            case SHA_512 -> new SHA512Digest();
            case SHA3_224, SHA3_256, SHA3_384, SHA3_512 -> new SHA3Digest(8 * hash.digestBytes());
        };
    }
}

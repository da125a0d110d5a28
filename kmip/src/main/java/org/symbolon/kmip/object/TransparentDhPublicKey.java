package org.symbolon.kmip.object;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Transparent Dh Public Key (KMIP 1.0 to 2.1). */
public record TransparentDhPublicKey(
        BigInteger p,
        @Nullable BigInteger q,
        BigInteger g,
        @Nullable BigInteger j,
        BigInteger y) implements KeyMaterial {}

package org.symbolon.kmip.object;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Transparent Rsa Private Key (KMIP 1.0 to 2.1). */
public record TransparentRsaPrivateKey(
        BigInteger modulus,
        @Nullable BigInteger privateExponent,
        @Nullable BigInteger publicExponent,
        @Nullable BigInteger p,
        @Nullable BigInteger q,
        @Nullable BigInteger primeExponentP,
        @Nullable BigInteger primeExponentQ,
        @Nullable BigInteger crtCoefficient)
        implements KeyMaterial {}

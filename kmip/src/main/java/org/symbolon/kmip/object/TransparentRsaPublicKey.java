package org.symbolon.kmip.object;

import java.math.BigInteger;

/** Transparent Rsa Public Key (KMIP 1.0 to 2.1). */
public record TransparentRsaPublicKey(BigInteger modulus, BigInteger publicExponent) implements KeyMaterial {}

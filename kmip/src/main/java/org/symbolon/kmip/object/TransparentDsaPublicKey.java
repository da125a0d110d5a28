package org.symbolon.kmip.object;

import java.math.BigInteger;

/** Transparent Dsa Public Key (KMIP 1.0 to 2.1). */
public record TransparentDsaPublicKey(BigInteger p, BigInteger q, BigInteger g, BigInteger y) implements KeyMaterial {}

package org.symbolon.kmip.object;

import java.math.BigInteger;

/** Transparent Dsa Private Key (KMIP 1.0 to 2.1). */
public record TransparentDsaPrivateKey(BigInteger p, BigInteger q, BigInteger g, BigInteger x) implements KeyMaterial {}

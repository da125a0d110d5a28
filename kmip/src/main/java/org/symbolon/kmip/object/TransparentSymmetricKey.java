package org.symbolon.kmip.object;

import org.symbolon.Bytes;

/** Transparent Symmetric Key (KMIP 1.0 to 2.1). */
public record TransparentSymmetricKey(Bytes key) implements KeyMaterial {}

package org.symbolon.kmip.object;

import org.symbolon.Bytes;

/** Nonce (KMIP 1.2 to 2.1). */
public record Nonce(Bytes nonceId, Bytes nonceValue) {}

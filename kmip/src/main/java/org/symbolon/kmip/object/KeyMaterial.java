package org.symbolon.kmip.object;

import org.symbolon.Bytes;
import org.symbolon.kmip.ttlv.Ttlv;

/** A key itself, in the form that its key format type names (KMIP 2.1 section 3.4). */
public sealed interface KeyMaterial
        permits KeyMaterial.Encoded,
                KeyMaterial.Other,
                TransparentDhPrivateKey,
                TransparentDhPublicKey,
                TransparentDsaPrivateKey,
                TransparentDsaPublicKey,
                TransparentEcPrivateKey,
                TransparentEcPublicKey,
                TransparentEcdhPrivateKey,
                TransparentEcdhPublicKey,
                TransparentEcdsaPrivateKey,
                TransparentEcdsaPublicKey,
                TransparentEcmqvPrivateKey,
                TransparentEcmqvPublicKey,
                TransparentRsaPrivateKey,
                TransparentRsaPublicKey,
                TransparentSymmetricKey {
    /**
     * A key as bytes: raw, PKCS #1, PKCS #8, X.509 and so on.
     *
     * @param encoding the bytes
     */
    record Encoded(Bytes encoding) implements KeyMaterial {}

    /**
     * A key in a form that is not known here.
     *
     * @param structure its fields
     */
    record Other(Ttlv.Structure structure) implements KeyMaterial {}
}

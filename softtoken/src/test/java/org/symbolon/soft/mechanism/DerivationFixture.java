package org.symbolon.soft.mechanism;

import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.HashAlgorithm;
import org.symbolon.KeyObject;
import org.symbolon.Mechanism;
import org.symbolon.Template;
import org.symbolon.TokenException;

/** A token with keys to derive from. */
abstract class DerivationFixture extends TokenWithKeys {
    static final BouncyCastleProvider BC = new BouncyCastleProvider();

    static final byte[] INPUT = hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");

    static Template generic(long bytes) {
        Template template = readable();
        return bytes == 0 ? template : template.with(Attribute.VALUE_LEN, bytes);
    }

    static Template deriving() {
        return uses(Attribute.DERIVE);
    }

    static byte[] derived(KeyObject base, Mechanism mechanism, long bytes) throws TokenException {
        return value(session.deriveKey(base, mechanism, generic(bytes)));
    }

    static Mechanism ecdh(String point) {
        return Mechanism.ECDH1_DERIVE.of(new DerivationParameters.Ecdh(Bytes.ofHex(point)));
    }

    static Mechanism hkdf(boolean extract, boolean expand, Bytes salt, Bytes info) {
        return Mechanism.HKDF_DERIVE.of(
                new DerivationParameters.Hkdf(extract, expand, HashAlgorithm.SHA_256, salt, Optional.empty(), info));
    }
}

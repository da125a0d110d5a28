package org.symbolon.soft.engine;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;

/** RSA without padding, which the mechanisms that pad themselves build on (RFC 8017 section 5). */
enum RsaFunction {
    /** With the private key: RSADP and RSASP1. */
    PRIVATE(Cipher.DECRYPT_MODE),
    /** With the public key: RSAEP and RSAVP1. */
    PUBLIC(Cipher.ENCRYPT_MODE);

    private static final String TRANSFORMATION = "RSA/ECB/NoPadding";

    private final int opmode;

    RsaFunction(int opmode) {
        this.opmode = opmode;
    }

    /**
     * Applies it.
     *
     * @param block as long as the modulus, and as a number less than it
     */
    byte[] apply(LoadedKey key, byte[] block) throws GeneralSecurityException {
        ReadyEngine waiting = key.takeIdle(this);
        ReadyEngine engine = waiting != null ? waiting : engine(key);
        try {
            byte[] result = engine.as(Cipher.class).doFinal(block);
            key.giveBack(this, engine);
            return result;
        } catch (BadPaddingException e) {
            throw Failures.engine(e);
        }
    }

    private ReadyEngine engine(LoadedKey key) throws GeneralSecurityException {
        Provider provider = EngineTrials.order(key, Engines.NATIVE_JDK_BC.all(key.choice(), "Cipher", TRANSFORMATION))
                .get(0);
        Cipher cipher = Cipher.getInstance(TRANSFORMATION, provider);
        Key translated = key.key(provider);
        cipher.init(opmode, translated);
        return new ReadyEngine(cipher, provider, translated);
    }
}

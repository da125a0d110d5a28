package org.symbolon.soft;

import java.util.Map;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.ModuleOptions;

/**
 * The settings of a soft module.
 *
 * @param kdf how PINs that are set through it become keys
 * @param pinTries how many wrong PINs lock
 * @param verifyKey the signing key that its token must have, as somebody noted it before
 */
record SoftSettings(KdfParameters kdf, int pinTries, Optional<Bytes> verifyKey) {
    static final String KDF = "kdf";
    static final String PIN_TRIES = "pin-tries";
    static final String VERIFY_KEY = "verify-key";

    static final int DEFAULT_PIN_TRIES = 10;
    private static final int MAX_PIN_TRIES = 1000;
    private static final int VERIFY_KEY_BYTES = 32;

    /** What each setting means. */
    static final Map<String, String> MEANINGS = Map.of(
            KDF, "key derivation of PINs set from now on, such as argon2id,m=65536,t=3,p=4 (the default)",
            PIN_TRIES, "wrong PINs that lock a token initialised from now on, 1 to 1000 (10)",
            VERIFY_KEY,
                    "the token's signing key, 64 hexadecimal digits: public objects count as verified without login");

    SoftSettings {
        if (pinTries < 1 || pinTries > MAX_PIN_TRIES) {
            throw new IllegalArgumentException(PIN_TRIES + " is 1 to " + MAX_PIN_TRIES + ", not " + pinTries);
        }
        if (verifyKey.isPresent() && verifyKey.get().length() != VERIFY_KEY_BYTES) {
            throw new IllegalArgumentException(VERIFY_KEY + " has 64 hexadecimal digits, not "
                    + 2 * verifyKey.get().length());
        }
    }

    static SoftSettings of(ModuleOptions options) {
        return new SoftSettings(
                options.setting(KDF).map(KdfParameters::parse).orElse(KdfParameters.ofDefaults()),
                options.setting(PIN_TRIES).map(SoftSettings::tries).orElse(DEFAULT_PIN_TRIES),
                options.setting(VERIFY_KEY).map(SoftSettings::key));
    }

    private static int tries(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    PIN_TRIES + " is a number from 1 to " + MAX_PIN_TRIES + ", not " + text, e);
        }
    }

    private static Bytes key(String text) {
        try {
            return Bytes.ofHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(VERIFY_KEY + " has 64 hexadecimal digits, unlike " + text, e);
        }
    }
}

package org.symbolon.soft;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;
import org.symbolon.ModuleOptions;
import org.symbolon.config.SecretReference;
import org.symbolon.soft.engine.EngineChoice;
import org.symbolon.soft.seal.TokenRecord;

/**
 * The settings of a soft module.
 *
 * @param kdf how PINs that are set through it become keys
 * @param policy the policy of tokens that are initialised through it
 * @param officerDecrypts whether the security officer of such a token can decrypt what it holds
 * @param verifyKey the signing key that its token must have, as somebody noted it before
 * @param hostSecret what opens its tokens together with a PIN
 * @param formerHostSecret the one before, as long as there are PINs that are bound to it
 * @param anchor what remembers the tokens' epochs outside the database
 * @param engine by which engines keys are used
 */
record SoftSettings(
        KdfParameters kdf,
        TokenPolicy policy,
        boolean officerDecrypts,
        Optional<Bytes> verifyKey,
        Optional<HostSecret> hostSecret,
        Optional<HostSecret> formerHostSecret,
        Optional<RollbackAnchor> anchor,
        EngineChoice engine) {
    static final String KDF = "kdf";
    static final String PIN_TRIES = "pin-tries";
    static final String VERIFY_KEY = "verify-key";
    static final String OBJECT_POLICY = "object-policy";
    static final String OFFICER = "security-officer";
    static final String HOST_SECRET = "host-secret";
    static final String FORMER_HOST_SECRET = "former-host-secret";
    static final String HOST_SECRET_URI = "host-secret-uri";
    static final String HOST_SECRET_KEY = "host-secret-key";
    static final String HOST_SECRET_PIN = "host-secret-pin";
    static final String ANCHOR = "anchor";
    static final String ANCHOR_PIN = "anchor-pin";
    static final String ENGINE = "engine";

    private static final int VERIFY_KEY_BYTES = 32;

    /** What each setting means. */
    static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry(KDF, "key derivation of PINs set from now on, such as argon2id,m=65536,t=3,p=4 (the default)"),
            Map.entry(PIN_TRIES, "wrong PINs that lock a token initialised from now on, 1 to 1000 (10)"),
            Map.entry(
                    VERIFY_KEY,
                    "the token's signing key, 64 hexadecimal digits: public objects count as verified without login"),
            Map.entry(OBJECT_POLICY, "of a token initialised from now on: strict or compat (compat)"),
            Map.entry(
                    OFFICER,
                    "of a token initialised from now on: decrypts (the default), or signs: resets no PIN and reads"
                            + " nothing"),
            Map.entry(HOST_SECRET, "the secret that opens the token together with a PIN: ${file:PATH} or ${env:NAME}"),
            Map.entry(FORMER_HOST_SECRET, "the host secret before, until each PIN was used once"),
            Map.entry(HOST_SECRET_URI, "the module of the token that has the host secret as a key"),
            Map.entry(HOST_SECRET_KEY, "that key's label or pkcs11: URI"),
            Map.entry(HOST_SECRET_PIN, "that token's PIN: ${file:PATH} or ${env:NAME}"),
            Map.entry(ANCHOR, "what remembers the token's state outside the database: file:PATH, or a module's URI"),
            Map.entry(ANCHOR_PIN, "the PIN of the anchor's token: ${file:PATH} or ${env:NAME}"),
            Map.entry(
                    ENGINE,
                    "what does the cryptography: auto (the fastest that loads, the default), java (the fastest without"
                            + " native code), accp, jdk or bc"));

    /** The settings that are secrets. */
    static final Set<String> SECRETS = Set.of(HOST_SECRET, FORMER_HOST_SECRET, HOST_SECRET_PIN, ANCHOR_PIN);

    SoftSettings {
        if (verifyKey.isPresent() && verifyKey.get().length() != VERIFY_KEY_BYTES) {
            throw new IllegalArgumentException(VERIFY_KEY + " has 64 hexadecimal digits, not "
                    + 2 * verifyKey.get().length());
        }
    }

    static SoftSettings of(ModuleOptions options) {
        TokenPolicy policy = TokenPolicy.ofDefaults();
        policy = options.setting(PIN_TRIES)
                .map(SoftSettings::tries)
                .map(policy::withPinTries)
                .orElse(policy);
        policy = options.setting(OBJECT_POLICY)
                .map(TokenPolicy::objects)
                .map(policy::withObjects)
                .orElse(policy);
        return new SoftSettings(
                options.setting(KDF).map(KdfParameters::parse).orElse(KdfParameters.ofDefaults()),
                policy,
                options.setting(OFFICER).map(SoftSettings::decrypts).orElse(true),
                options.setting(VERIFY_KEY).map(SoftSettings::key),
                hostSecret(options),
                secret(options, FORMER_HOST_SECRET).map(HostSecret::of),
                anchor(options),
                options.setting(ENGINE).map(EngineChoice::parse).orElse(EngineChoice.AUTO));
    }

    /** Returns what the security officer's key slot wraps in tokens that are initialised. */
    long soMode() {
        return officerDecrypts ? TokenRecord.SO_OPENS_TOKEN : TokenRecord.SO_SIGNS;
    }

    /** Returns these settings without an anchor, for a token whose state is to be noted anew. */
    SoftSettings withoutAnchor() {
        return new SoftSettings(
                kdf, policy, officerDecrypts, verifyKey, hostSecret, formerHostSecret, Optional.empty(), engine);
    }

    /** Returns these settings with the host secret as the former one, so that PINs are freed of it. */
    SoftSettings withoutHostSecret() {
        return new SoftSettings(
                kdf,
                policy,
                officerDecrypts,
                verifyKey,
                Optional.empty(),
                hostSecret.or(() -> formerHostSecret),
                anchor,
                engine);
    }

    private static int tries(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    PIN_TRIES + " is a number from 1 to " + TokenPolicy.MAX_TRIES + ", not " + text, e);
        }
    }

    private static boolean decrypts(String text) {
        return switch (text) {
            case "decrypts" -> true;
            case "signs" -> false;
            default -> throw new IllegalArgumentException(OFFICER + " is decrypts or signs, not " + text);
        };
    }

    private static Bytes key(String text) {
        try {
            return Bytes.ofHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(VERIFY_KEY + " has 64 hexadecimal digits, unlike " + text, e);
        }
    }

    private static Optional<HostSecret> hostSecret(ModuleOptions options) {
        Optional<String> uri = options.setting(HOST_SECRET_URI);
        if (uri.isEmpty()) {
            return secret(options, HOST_SECRET).map(HostSecret::of);
        }
        if (options.setting(HOST_SECRET).isPresent()) {
            throw new IllegalArgumentException("a token has " + HOST_SECRET + " or " + HOST_SECRET_URI + ", not both");
        }
        String key = options.setting(HOST_SECRET_KEY)
                .orElseThrow(() -> new IllegalArgumentException(HOST_SECRET_URI + " wants " + HOST_SECRET_KEY));
        SecretReference pin = secret(options, HOST_SECRET_PIN)
                .orElseThrow(() -> new IllegalArgumentException(HOST_SECRET_URI + " wants " + HOST_SECRET_PIN));
        return Optional.of(HostSecret.ofKey(uri.get(), key, pin));
    }

    private static Optional<RollbackAnchor> anchor(ModuleOptions options) {
        return options.setting(ANCHOR).map(text -> RollbackAnchor.of(text, pinOrNull(options)));
    }

    private static @Nullable SecretReference pinOrNull(ModuleOptions options) {
        return secret(options, ANCHOR_PIN).orElse(null);
    }

    private static Optional<SecretReference> secret(ModuleOptions options, String name) {
        try {
            return options.setting(name).map(SecretReference::parse);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}

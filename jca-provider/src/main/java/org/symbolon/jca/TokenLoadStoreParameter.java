package org.symbolon.jca;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a key store of a token is loaded, where a stream and a password do not say enough.
 *
 * <pre>{@code
 * keyStore.load(TokenLoadStoreParameter.ofDefaults()
 *         .token("team")
 *         .protection(new KeyStore.CallbackHandlerProtection(handler))
 *         .certificates(Path.of("/etc/ssl/chain")));
 * }</pre>
 *
 * <p>Immutable: each method returns another parameter.
 */
public final class TokenLoadStoreParameter implements KeyStore.LoadStoreParameter {
    private static final TokenLoadStoreParameter DEFAULTS =
            new TokenLoadStoreParameter(null, null, ListingOptions.NONE);

    private final @Nullable String token;
    private final KeyStore.@Nullable ProtectionParameter protection;
    private final ListingOptions options;

    private TokenLoadStoreParameter(
            @Nullable String token, KeyStore.@Nullable ProtectionParameter protection, ListingOptions options) {
        this.token = token;
        this.protection = protection;
        this.options = options;
    }

    /** {@return the parameter that says no more than {@code load(null, null)}} */
    public static TokenLoadStoreParameter ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Sets the token, as {@link SymbolonProvider#configure} takes it.
     *
     * @param profile a name in the configuration file, a PKCS #11 URI or a module's URI; the token of the key store's
     *     provider if that has one
     * @return a new parameter
     */
    public TokenLoadStoreParameter token(String profile) {
        return new TokenLoadStoreParameter(profile, protection, options);
    }

    /**
     * Sets where the PIN comes from.
     *
     * @param newProtection a {@link KeyStore.PasswordProtection} or a {@link KeyStore.CallbackHandlerProtection}
     * @return a new parameter
     */
    public TokenLoadStoreParameter protection(KeyStore.ProtectionParameter newProtection) {
        return new TokenLoadStoreParameter(token, newProtection, options);
    }

    /**
     * Adds certificates that complete the chains of the token's keys. They are read again whenever the listing is.
     *
     * @param path a file of certificates, PEM or DER, at most 1 MiB; or a folder of at most 1000 such files that end in
     *     .pem, .crt, .cer, .der or .p7b
     * @return a new parameter
     */
    public TokenLoadStoreParameter certificates(Path path) {
        List<Path> all = new ArrayList<>(options.certificates());
        all.add(path);
        return new TokenLoadStoreParameter(token, protection, new ListingOptions(all, options.selfSigned()));
    }

    /**
     * Shows signing keys without certificate with one that they have signed themselves at run time: for frameworks that
     * take no key without. It is not stored, nobody trusts it, and making it signs once with each such key.
     *
     * @return a new parameter
     */
    public TokenLoadStoreParameter selfSigned() {
        return new TokenLoadStoreParameter(token, protection, new ListingOptions(options.certificates(), true));
    }

    @Override
    public KeyStore.@Nullable ProtectionParameter getProtectionParameter() {
        return protection;
    }

    Optional<String> token() {
        return Optional.ofNullable(token);
    }

    ListingOptions options() {
        return options;
    }
}

package org.symbolon.spring;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.core.io.ResourceLoader;

/** Registers the bundles of {@code symbolon.ssl.bundles}. Names are checked at once, tokens opened at first use. */
final class TokenSslBundles implements SslBundleRegistrar, AutoCloseable {
    private static final String BUNDLES = SymbolonProperties.PREFIX + ".ssl.bundles.";

    private final SymbolonTokens tokens;
    private final SslProperties properties;
    private final InstalledProviders providers;
    private final ResourceLoader resources;
    private final ConcurrentLinkedQueue<CertificateWatch> watches = new ConcurrentLinkedQueue<>();

    TokenSslBundles(
            SymbolonTokens tokens, SslProperties properties, InstalledProviders providers, ResourceLoader resources) {
        this.tokens = tokens;
        this.properties = properties;
        this.providers = providers;
        this.resources = resources;
    }

    @Override
    public void registerBundles(SslBundleRegistry registry) {
        properties.bundles().forEach((name, bundle) -> register(name, bundle, registry));
    }

    private void register(String name, SslProperties.Bundle bundle, SslBundleRegistry registry) {
        String property = BUNDLES + name;
        providers.checkAllowed(property);
        String token = bundle.token() == null
                ? tokens.only(property + ".token")
                : tokens.named(property + ".token", bundle.token());
        TokenStores stores = new TokenStores(property, token, bundle, providers, resources, (opened, shown) -> {
            if (bundle.reloadOnUpdate()) {
                watches.add(CertificateWatch.start(
                        property,
                        tokens.token(token),
                        shown,
                        opened::certificates,
                        () -> registry.updateBundle(name, bundle(bundle, opened))));
            }
        });
        registry.registerBundle(name, bundle(bundle, stores));
    }

    private static SslBundle bundle(SslProperties.Bundle bundle, TokenStores stores) {
        SslBundleKey key = bundle.keyAlias() == null ? SslBundleKey.NONE : SslBundleKey.of(null, bundle.keyAlias());
        SslOptions options = SslOptions.of(nullIfEmpty(bundle.ciphers()), nullIfEmpty(bundle.enabledProtocols()));
        return SslBundle.of(stores, key, options, bundle.protocol());
    }

    private static @Nullable Set<String> nullIfEmpty(List<String> names) {
        return names.isEmpty() ? null : new LinkedHashSet<>(names);
    }

    /** Ends to follow the tokens. */
    @Override
    public void close() {
        watches.forEach(CertificateWatch::close);
    }
}

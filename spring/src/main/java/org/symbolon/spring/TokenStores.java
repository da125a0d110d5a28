package org.symbolon.spring;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.core.io.ResourceLoader;
import org.symbolon.TokenException;
import org.symbolon.config.ConfigurationException;
import org.symbolon.jca.SymbolonProvider;

/**
 * The stores of a bundle: the token's key store, and whom to trust. Opened when the bundle is first used. The key store is
 * live: it shows what is in the token now.
 */
final class TokenStores implements SslStoreBundle {
    /** Hears that the key store was opened. */
    @FunctionalInterface
    interface Listener {
        void opened(TokenStores stores, List<Certificate> shown) throws GeneralSecurityException;
    }

    private final String property;
    private final String token;
    private final SslProperties.Bundle bundle;
    private final InstalledProviders providers;
    private final ResourceLoader resources;
    private final Listener listener;
    private final Once<KeyStore> keys = new Once<>(this::openKeys);

    TokenStores(
            String property,
            String token,
            SslProperties.Bundle bundle,
            InstalledProviders providers,
            ResourceLoader resources,
            Listener listener) {
        this.property = property;
        this.token = token;
        this.bundle = bundle;
        this.providers = providers;
        this.resources = resources;
        this.listener = listener;
    }

    @Override
    public KeyStore getKeyStore() {
        try {
            return keys.get();
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    @Override
    public @Nullable String getKeyStorePassword() {
        return null;
    }

    @Override
    public @Nullable KeyStore getTrustStore() {
        if (bundle.trust().isEmpty()) {
            return null;
        }
        try {
            return openTrust();
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Reads from the token the certificates that the bundle shows to peers.
     *
     * @throws SymbolonPropertyException if the token cannot tell
     */
    List<Certificate> certificates() {
        try {
            return certificates(load());
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private List<Certificate> certificates(KeyStore store) throws GeneralSecurityException {
        List<Certificate> certificates = new ArrayList<>();
        for (String alias : keyAliases(store)) {
            if (bundle.keyAlias() == null || alias.equals(bundle.keyAlias())) {
                certificates.addAll(List.of(store.getCertificateChain(alias)));
            }
        }
        return certificates;
    }

    private KeyStore openKeys() throws GeneralSecurityException {
        KeyStore store = load();
        List<String> usable = keyAliases(store);
        String wanted = bundle.keyAlias();
        if (wanted != null && !hasCertificate(store, wanted)) {
            throw new SymbolonPropertyException(
                    property + ".key-alias",
                    "names no key with a certificate in token " + token + ", '" + wanted + "'; such keys are " + usable,
                    null);
        }
        if (wanted == null && usable.isEmpty()) {
            throw new SymbolonPropertyException(
                    property + ".token", "names token " + token + ", which has no key with a certificate", null);
        }
        listener.opened(this, certificates(store));
        return store;
    }

    private KeyStore load() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(SymbolonProvider.NAME, providers.install(token));
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw e.getCause() instanceof GeneralSecurityException cause ? cause : new CertificateException(e);
        }
        return store;
    }

    private static List<String> keyAliases(KeyStore store) throws GeneralSecurityException {
        List<String> usable = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (hasCertificate(store, alias)) {
                usable.add(alias);
            }
        }
        return usable;
    }

    private static boolean hasCertificate(KeyStore store, String alias) throws GeneralSecurityException {
        return store.isKeyEntry(alias) && store.getCertificateChain(alias) != null;
    }

    private KeyStore openTrust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String source : bundle.trust()) {
            for (Certificate certificate :
                    source.equals(SslProperties.TOKEN) ? trustedByToken() : trustedByFile(source)) {
                trusted.setCertificateEntry("trusted-" + trusted.size(), certificate);
            }
        }
        if (trusted.size() == 0) {
            throw new SymbolonPropertyException(
                    property + ".trust", "is " + bundle.trust() + ", where there is no certificate", null);
        }
        return trusted;
    }

    private List<Certificate> trustedByToken() throws GeneralSecurityException {
        KeyStore store = load();
        List<Certificate> certificates = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                certificates.add(store.getCertificate(alias));
            }
        }
        return certificates;
    }

    private Collection<? extends Certificate> trustedByFile(String location) throws IOException {
        try (InputStream in = resources.getResource(location).getInputStream()) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (CertificateException e) {
            throw new SymbolonPropertyException(
                    property + ".trust", "names " + location + ", which has no certificates in PEM or DER", e);
        }
    }

    private SymbolonPropertyException unusable(Exception e) {
        return new SymbolonPropertyException(
                property,
                "cannot be used: " + e.getMessage(),
                e instanceof TokenException || e instanceof ConfigurationException || e instanceof IOException
                        ? e
                        : e.getCause());
    }

    @Override
    public String toString() {
        return "the keys of token " + token;
    }
}

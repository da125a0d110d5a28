package org.symbolon.jca;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.callback.CallbackHandler;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.key.TokenPrivateKey;

/**
 * The KeyStore {@code Symbolon}: the private keys of a token with their certificate chains, and its other certificates.
 *
 * <p>Keys without certificate are entries too. Nothing that only looks costs a round trip, unless the token has changed.
 * Thread-safe.
 */
final class TokenKeyStore extends KeyStoreSpi {
    private volatile SymbolonProvider provider;
    private volatile boolean counted;

    TokenKeyStore(SymbolonProvider provider) {
        this.provider = provider;
    }

    // ---- load and store

    /**
     * Opens the token and logs in.
     *
     * @param stream null, or one line that names the token as {@link SymbolonProvider#configure} takes it; an empty file
     *     will do where a framework insists on one
     * @param password the PIN; null to be asked by the callback handler, for the configuration's login, or for none
     */
    @Override
    public void engineLoad(@Nullable InputStream stream, char @Nullable [] password) throws IOException {
        if (stream != null) {
            provider = ProfileStream.read(stream, provider);
        }
        load(password == null ? this::joinLogin : () -> logIn(password));
    }

    @Override
    public void engineLoad(KeyStore.@Nullable LoadStoreParameter parameter) throws IOException {
        KeyStore.ProtectionParameter protection = parameter == null ? null : parameter.getProtectionParameter();
        if (protection == null) {
            engineLoad(null, null);
        } else if (protection instanceof KeyStore.PasswordProtection password) {
            engineLoad(null, password.getPassword());
        } else if (protection instanceof KeyStore.CallbackHandlerProtection handler) {
            load(() -> logIn(handler.getCallbackHandler()));
        } else {
            throw new IOException("the PIN comes by PasswordProtection or CallbackHandlerProtection, not by "
                    + protection.getClass().getName());
        }
    }

    /** A way to log in, which says whether there is a login now. */
    @FunctionalInterface
    private interface LoginStep {
        boolean run() throws GeneralSecurityException;
    }

    private boolean logIn(char[] password) throws GeneralSecurityException {
        PinSource.withPassword(password.clone(), link()::login);
        return true;
    }

    private boolean logIn(@Nullable CallbackHandler handler) throws GeneralSecurityException {
        provider.pins().withPin(handler, link().session(), link()::login);
        return true;
    }

    private boolean joinLogin() throws GeneralSecurityException {
        if (!link().isLoggedIn()) {
            return provider.pins().hasHandler() && logIn((CallbackHandler) null);
        }
        link().share();
        return true;
    }

    /** The key store counts as one user of the login, however often it is loaded. */
    private void load(LoginStep login) throws IOException {
        try {
            boolean countedNow = login.run();
            if (countedNow && counted) {
                link().logout();
            }
            counted |= countedNow;
            cache().refresh();
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw Failures.load(e);
        }
    }

    /** Does nothing: what is set is in the token at once. */
    @Override
    public void engineStore(@Nullable OutputStream stream, char @Nullable [] password) throws IOException {
        if (stream != null) {
            throw new IOException("what is in a token is not written to a stream; the stream must be null");
        }
    }

    @Override
    public void engineStore(KeyStore.@Nullable LoadStoreParameter parameter) {}

    private TokenLink link() {
        return provider.link();
    }

    private EntryCache cache() {
        return provider.entries();
    }

    // ---- looking

    private KeyStoreEntries entries() {
        try {
            return cache().entries();
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw Failures.provider(e);
        }
    }

    private Optional<KeyStoreEntry> find(String alias) {
        return entries().find(alias);
    }

    @Override
    public @Nullable Key engineGetKey(String alias, char @Nullable [] password) throws UnrecoverableKeyException {
        try {
            KeyStoreEntries entries = cache().entries();
            Optional<KeyStoreEntry> entry = entries.find(alias);
            List<String> several = entry.isEmpty() ? entries.matching(alias) : List.of();
            if (several.size() > 1) {
                throw new UnrecoverableKeyException(alias + " matches several entries: " + several);
            }
            return entry.isPresent() && entry.get() instanceof KeyStoreEntry.Key key ? key(key, password) : null;
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw e instanceof UnrecoverableKeyException known ? known : Failures.unrecoverable(e);
        }
    }

    private PrivateKey key(KeyStoreEntry.Key entry, char @Nullable [] password) throws GeneralSecurityException {
        PublicKey publicKey = entry.publicKey()
                .orElseThrow(
                        () -> new UnrecoverableKeyException(
                                entry.object().describe()
                                        + " has neither a public key nor a certificate in the token, so its type and size are unknown"));
        Session session = link().session();
        boolean asksEachTime =
                entry.object().attributes().find(Attribute.ALWAYS_AUTHENTICATE).orElse(false);
        try {
            return TokenPrivateKey.of(
                    asksEachTime && password != null ? session.authenticating(Pin.of(password)) : session,
                    entry.object(),
                    publicKey);
        } catch (InvalidKeyException e) {
            throw Failures.unrecoverable(e);
        }
    }

    @Override
    public Certificate @Nullable [] engineGetCertificateChain(String alias) {
        return find(alias).orElse(null) instanceof KeyStoreEntry.Key key
                        && !key.chain().isEmpty()
                ? key.chain().toArray(new Certificate[0])
                : null;
    }

    @Override
    public @Nullable Certificate engineGetCertificate(String alias) {
        return find(alias).map(KeyStoreEntry::certificate).orElse(null);
    }

    /** {@return the beginning of 1970 for every entry: tokens do not say when an object was made} */
    @Override
    @SuppressWarnings("JavaUtilDate")
    public @Nullable Date engineGetCreationDate(String alias) {
        return find(alias).isPresent() ? new Date(0) : null;
    }

    @Override
    public Enumeration<String> engineAliases() {
        return Collections.enumeration(entries().aliases());
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return find(alias).isPresent();
    }

    @Override
    public int engineSize() {
        return entries().aliases().size();
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return find(alias).orElse(null) instanceof KeyStoreEntry.Key;
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return find(alias).orElse(null) instanceof KeyStoreEntry.Trusted;
    }

    @Override
    public @Nullable String engineGetCertificateAlias(@Nullable Certificate certificate) {
        if (certificate == null) {
            return null;
        }
        return entries().all().entrySet().stream()
                .filter(named -> certificate.equals(named.getValue().certificate()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** {@return the entry; null for a key without certificate, of which the JCA has no entry: getKey returns it} */
    @Override
    public KeyStore.@Nullable Entry engineGetEntry(String alias, KeyStore.@Nullable ProtectionParameter protection)
            throws UnrecoverableKeyException {
        KeyStoreEntry entry = find(alias).orElse(null);
        if (entry instanceof KeyStoreEntry.Trusted trusted) {
            return new KeyStore.TrustedCertificateEntry(trusted.certificate());
        }
        if (!(entry instanceof KeyStoreEntry.Key key) || key.chain().isEmpty()) {
            return null;
        }
        char[] password = protection instanceof KeyStore.PasswordProtection p ? p.getPassword() : null;
        Key privateKey = engineGetKey(alias, password);
        return privateKey == null
                ? null
                : new KeyStore.PrivateKeyEntry(
                        (PrivateKey) privateKey, key.chain().toArray(new Certificate[0]));
    }

    // ---- changing

    @Override
    public void engineSetKeyEntry(String alias, Key key, char @Nullable [] password, Certificate @Nullable [] chain)
            throws KeyStoreException {
        change(writer -> writer.setKey(alias, key, chain == null ? List.of() : List.of(chain)));
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate @Nullable [] chain) throws KeyStoreException {
        throw new KeyStoreException(
                "a token takes keys, not keys that somebody has encrypted before; set the PrivateKey");
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) throws KeyStoreException {
        change(writer -> writer.setCertificate(alias, certificate));
    }

    /** Destroys the entry's objects; an alias that does not exist is nothing to delete. */
    @Override
    public void engineDeleteEntry(String alias) throws KeyStoreException {
        change(writer -> writer.delete(alias));
    }

    /** A change of the token. */
    @FunctionalInterface
    private interface ChangeStep {
        void apply(EntryWriter writer) throws GeneralSecurityException;
    }

    private void change(ChangeStep change) throws KeyStoreException {
        try {
            change.apply(new EntryWriter(link(), link().session(), cache().entries()));
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw e instanceof KeyStoreException known ? known : Failures.keyStore(e);
        } finally {
            cache().refresh();
        }
    }
}

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
import java.util.Set;
import javax.crypto.SecretKey;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.TokenObject;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.key.TokenSecretKey;

/**
 * The KeyStore {@code Symbolon}: the private keys of a token with their certificate chains, its secret keys, and its other
 * certificates.
 *
 * <p>Keys without certificate are entries too. Nothing that only looks costs a round trip, unless the token has changed.
 * Thread-safe.
 */
final class TokenKeyStore extends KeyStoreSpi {
    private volatile SymbolonProvider provider;
    private volatile @Nullable ListingOptions options;
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

    /**
     * Opens the token and logs in as the parameter says.
     *
     * @param parameter a {@link TokenLoadStoreParameter}, or another of which the protection is taken; null for the
     *     provider's own token and the configuration's login
     */
    @Override
    public void engineLoad(KeyStore.@Nullable LoadStoreParameter parameter) throws IOException {
        if (parameter instanceof TokenLoadStoreParameter own) {
            if (own.token().isPresent()) {
                provider = ProfileStream.named(own.token().get(), provider);
            }
            options = own.options();
        }
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
        ListingOptions own = options;
        return provider.entries(own == null ? provider.listing() : own);
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
            return entry.isPresent() ? key(entry.get(), password) : null;
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw e instanceof UnrecoverableKeyException known ? known : Failures.unrecoverable(e);
        }
    }

    private @Nullable Key key(KeyStoreEntry entry, char @Nullable [] password) throws GeneralSecurityException {
        if (entry instanceof KeyStoreEntry.Secret secret) {
            return TokenSecretKey.of(session(secret.object(), password), secret.object());
        }
        return entry instanceof KeyStoreEntry.Key key ? privateKey(key, password) : null;
    }

    /** Returns the session that uses a key: with the password as its PIN if the key asks for one each time. */
    private Session session(TokenObject key, char @Nullable [] password) throws GeneralSecurityException {
        Session session = link().session();
        boolean asksEachTime =
                key.attributes().find(Attribute.ALWAYS_AUTHENTICATE).orElse(false);
        return asksEachTime && password != null ? session.authenticating(Pin.of(password)) : session;
    }

    private PrivateKey privateKey(KeyStoreEntry.Key entry, char @Nullable [] password) throws GeneralSecurityException {
        PublicKey publicKey = entry.publicKey()
                .orElseThrow(() -> new UnrecoverableKeyException(entry.object().describe()
                        + " has neither a public key nor a certificate in the token, so its type and"
                        + " size are unknown"));
        try {
            return TokenPrivateKey.of(session(entry.object(), password), entry.object(), publicKey);
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
        KeyStoreEntry entry = find(alias).orElse(null);
        return entry instanceof KeyStoreEntry.Key || entry instanceof KeyStoreEntry.Secret;
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

    /**
     * Returns an entry, with the label and id of its object as the attributes friendlyName and localKeyID of PKCS #12.
     *
     * @param protection null, or what asks for the PIN of a key with CKA_ALWAYS_AUTHENTICATE
     * @return the entry; null for a private key without certificate, of which the JCA has no entry: getKey returns it
     */
    @Override
    public KeyStore.@Nullable Entry engineGetEntry(String alias, KeyStore.@Nullable ProtectionParameter protection)
            throws UnrecoverableKeyException {
        KeyStoreEntry entry = find(alias).orElse(null);
        if (entry instanceof KeyStoreEntry.Trusted trusted) {
            return new KeyStore.TrustedCertificateEntry(trusted.certificate(), EntryAttributes.of(trusted.object()));
        }
        boolean hidden = entry instanceof KeyStoreEntry.Key bare && bare.chain().isEmpty();
        Key key = hidden ? null : engineGetKey(alias, password(protection));
        if (entry == null || key == null) {
            return null;
        }
        Set<KeyStore.Entry.Attribute> attributes = EntryAttributes.of(entry.object());
        return entry instanceof KeyStoreEntry.Key pair
                ? new KeyStore.PrivateKeyEntry((PrivateKey) key, pair.chain().toArray(new Certificate[0]), attributes)
                : new KeyStore.SecretKeyEntry((SecretKey) key, attributes);
    }

    private static char @Nullable [] password(KeyStore.@Nullable ProtectionParameter protection)
            throws UnrecoverableKeyException {
        if (protection instanceof KeyStore.CallbackHandlerProtection handler) {
            try {
                return PinSource.ask(handler.getCallbackHandler(), "the key's token");
            } catch (LoginException e) {
                throw Failures.unrecoverable(e);
            }
        }
        return protection instanceof KeyStore.PasswordProtection given ? given.getPassword() : null;
    }

    @Override
    public boolean engineEntryInstanceOf(String alias, Class<? extends KeyStore.Entry> kind) {
        KeyStoreEntry entry = find(alias).orElse(null);
        if (entry instanceof KeyStoreEntry.Key key) {
            return kind == KeyStore.PrivateKeyEntry.class && !key.chain().isEmpty();
        }
        return entry instanceof KeyStoreEntry.Secret
                ? kind == KeyStore.SecretKeyEntry.class
                : entry != null && kind == KeyStore.TrustedCertificateEntry.class;
    }

    // ---- changing

    @Override
    public void engineSetKeyEntry(String alias, Key key, char @Nullable [] password, Certificate @Nullable [] chain)
            throws KeyStoreException {
        change(writer -> writer.setKey(alias, key, chain == null ? List.of() : List.of(chain)));
    }

    /**
     * Makes an entry.
     *
     * @param entry its attributes are not taken: the label is the alias, and the id is made from the key
     * @param protection null or of any kind, and not looked at: what is in the token is protected by the token
     */
    @Override
    public void engineSetEntry(String alias, KeyStore.Entry entry, KeyStore.@Nullable ProtectionParameter protection)
            throws KeyStoreException {
        if (entry instanceof KeyStore.PrivateKeyEntry pair) {
            engineSetKeyEntry(alias, pair.getPrivateKey(), null, pair.getCertificateChain());
        } else if (entry instanceof KeyStore.SecretKeyEntry secret) {
            engineSetKeyEntry(alias, secret.getSecretKey(), null, null);
        } else if (entry instanceof KeyStore.TrustedCertificateEntry trusted) {
            engineSetCertificateEntry(alias, trusted.getTrustedCertificate());
        } else {
            throw new KeyStoreException("entries are private keys, secret keys and certificates, not "
                    + entry.getClass().getName());
        }
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

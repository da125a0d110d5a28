package org.symbolon.jca;

import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.symbolon.MechanismType;
import org.symbolon.Session;
import org.symbolon.TokenException;

/**
 * The JCA provider of one token: its keys as {@code KeyStore} entries, {@code Signature}s with them, and generators.
 *
 * <pre>{@code
 * Provider provider = SymbolonProvider.of(session);
 * Security.addProvider(provider);
 * KeyStore keys = KeyStore.getInstance("Symbolon", provider);
 * keys.load(null, null);
 * Signature signature = Signature.getInstance("SHA256withECDSA");
 * signature.initSign((PrivateKey) keys.getKey("deploy", null));
 * }</pre>
 *
 * <p><b>Add it last</b> ({@link java.security.Security#addProvider}). It is picked for keys of its token and leaves every
 * other key where it was. Placed first, generators and random numbers that nobody named would come from the token:
 * {@link SymbolonProviderBuilder#keyBoundOnly} leaves them out for a deployment that must place it first.
 *
 * <p><b>Without a token</b>, as {@code ServiceLoader}, {@code keytool} and {@code java.security} make it, it does nothing
 * until it is used, then serves the keys of every token by the session that each key has, and its key store opens the
 * only token of the configuration file. {@link #configure} returns a provider of one token.
 *
 * <p><b>Oracle's JDK</b> refuses Cipher, KeyAgreement, KeyGenerator, Mac, SecretKeyFactory and KEM services of providers
 * whose jar Oracle's authority has not signed, as this one's is not. Signature, KeyStore, KeyPairGenerator, MessageDigest
 * and SecureRandom are not affected; see {@link #unsignedProviderNotice()}.
 *
 * <p>Thread-safe. The name and the services of an instance never change.
 */
public final class SymbolonProvider extends AuthProvider implements AutoCloseable {
    /** The name of the provider without a token, and the type of its key store: {@value}. */
    public static final String NAME = "Symbolon";

    private static final long serialVersionUID = 1;
    private static final String AS_PKCS11 = " PKCS11";
    private static final String VERSION = "0.1";
    private static final String INFO =
            "Keys that live in tokens (KeyStore, Signature, Cipher, Mac, KeyAgreement, KEM, generators)";

    private final transient TokenLink link;
    private final transient TokenCapabilities capabilities = new TokenCapabilities();
    private final transient Map<ListingOptions, EntryCache> entries = new ConcurrentHashMap<>();
    private final transient PinSource pins = new PinSource();
    private final transient UnreachableKeys unreachableKeys = new UnreachableKeys();
    private final transient Map<ProviderSettings, SymbolonProvider> configured = new ConcurrentHashMap<>();
    private final transient ProviderSettings settings;
    private transient volatile boolean registered;

    /** Makes the provider without a token. Does nothing else. */
    public SymbolonProvider() {
        this(NAME, new TokenSource.Only(), ProviderSettings.BARE);
    }

    SymbolonProvider(String name, TokenSource source, ProviderSettings settings) {
        super(name, VERSION, INFO);
        this.link = new TokenLink(source);
        this.settings = settings;
    }

    /**
     * Returns a provider of the token that a session is open on, named {@code Symbolon-} and the token's label.
     *
     * @param session by which the provider acts; stays the caller's, who closes it when the provider is no longer used
     * @return the provider, to be added to the end of the list of providers
     * @throws TokenException if the token does not tell its mechanisms
     */
    public static SymbolonProvider of(Session session) throws TokenException {
        return builder().session(session).build();
    }

    /** {@return a builder of providers} */
    public static SymbolonProviderBuilder builder() {
        return new SymbolonProviderBuilder();
    }

    /**
     * Returns the provider of one token, named {@code Symbolon-} and the profile.
     *
     * @param profile the token's name in the configuration file; or a PKCS #11 URI that one of the tokens there matches,
     *     such as {@code pkcs11:token=Team?pin-source=file:/run/secrets/pin}; or the URI of a module with one token, such
     *     as {@code soft:sqlite:team.db}; with the word {@code PKCS11} behind it the key store has that type too, as
     *     {@link SymbolonProviderBuilder#pkcs11KeyStore} says
     * @return the provider; the same for the same profile
     * @throws InvalidParameterException if the profile is malformed
     */
    @Override
    public SymbolonProvider configure(String profile) {
        String trimmed = profile.strip();
        boolean pkcs11 = settings.pkcs11KeyStore() || trimmed.endsWith(AS_PKCS11);
        String token = (trimmed.endsWith(AS_PKCS11)
                        ? trimmed.substring(0, trimmed.length() - AS_PKCS11.length())
                        : trimmed)
                .strip();
        if (token.isEmpty()) {
            throw new InvalidParameterException(
                    "name a token of the configuration file, a PKCS #11 URI or a module's URI");
        }
        ProviderSettings wanted = settings.withProfile(token, pkcs11);
        return wanted.equals(settings)
                ? this
                : configured.computeIfAbsent(wanted, missing -> missing.provider(NAME + "-" + token));
    }

    /** {@return whether this provider is that of one token} */
    @Override
    public boolean isConfigured() {
        return settings.profile() != null || settings.session() != null;
    }

    // ---- services, registered when the first one is asked for

    @Override
    public Service getService(String type, String algorithm) {
        register();
        return super.getService(type, algorithm);
    }

    @Override
    public Set<Service> getServices() {
        register();
        return super.getServices();
    }

    @Override
    public synchronized Set<Map.Entry<Object, Object>> entrySet() {
        register();
        return super.entrySet();
    }

    @Override
    public Set<Object> keySet() {
        register();
        return super.keySet();
    }

    @Override
    public synchronized Enumeration<Object> keys() {
        register();
        return super.keys();
    }

    @Override
    public @Nullable String getProperty(String key) {
        register();
        return super.getProperty(key);
    }

    private void register() {
        if (!registered && settings != null) {
            registerNow();
        }
    }

    /** Holds the lock that {@link Provider} itself holds when it changes, and asks no token. */
    private synchronized void registerNow() {
        if (!registered) {
            services().forEach(this::putService);
            registered = true;
        }
    }

    private Set<TokenService> services() {
        Predicate<MechanismType> offered = offered();
        Set<TokenService> services = new HashSet<>(ServiceTable.keyBound(this, offered));
        services.add(ServiceTable.keyStore(this, settings.pkcs11KeyStore()));
        if (!settings.keyBoundOnly()) {
            services.addAll(ServiceTable.named(this, offered));
        }
        return services;
    }

    /** Returns the mechanisms that the token has if it was met when this provider was made, otherwise all. */
    private Predicate<MechanismType> offered() {
        Session session = settings.session();
        if (session == null) {
            return type -> true;
        }
        try {
            return capabilities.of(session).keySet()::contains;
        } catch (TokenException e) {
            throw Failures.provider(e);
        }
    }

    TokenLink link() {
        return link;
    }

    TokenCapabilities capabilities() {
        return capabilities;
    }

    /** Returns the listing of the token, with what a key store wants to show beside it. */
    EntryCache entries(ListingOptions options) {
        return entries.computeIfAbsent(options, wanted -> new EntryCache(this, wanted));
    }

    /** Returns what key stores show beside what is in the token, if they are not told. */
    ListingOptions listing() {
        return settings.listing();
    }

    UnreachableKeys unreachableKeys() {
        return unreachableKeys;
    }

    PinSource pins() {
        return pins;
    }

    // ---- login

    /**
     * Logs in to the token, for as long as {@link #logout} has not been called as often as this.
     *
     * <p>The PIN comes from the handler, else from that of {@link #setCallbackHandler}, else from the configuration, else
     * from the class that the security property {@code auth.login.defaultCallbackHandler} names.
     *
     * @param subject not used
     * @param handler asked for the PIN by a {@link javax.security.auth.callback.PasswordCallback}; may be null
     * @throws LoginException if there is no PIN to be had, or the token does not answer; a
     *     {@link javax.security.auth.login.FailedLoginException} if it refuses the PIN
     */
    @Override
    public void login(@Nullable Subject subject, @Nullable CallbackHandler handler) throws LoginException {
        try {
            if (link.isLoggedIn()) {
                link.share();
            } else {
                pins.withPin(handler, link.session(), link::login);
            }
        } catch (GeneralSecurityException e) {
            throw e instanceof LoginException refused ? refused : Failures.login(e);
        }
    }

    /** Takes one {@link #login} back; with the last, logs out. A login of the configuration or the session stays. */
    @Override
    public void logout() {
        link.logout();
    }

    /**
     * Sets who is asked for the PIN when {@link #login} is given nobody.
     *
     * @param handler the handler; null for nobody
     */
    @Override
    public void setCallbackHandler(@Nullable CallbackHandler handler) {
        pins.setHandler(handler);
    }

    /**
     * Closes the sessions that the provider opened, so that its key stores and keys are of no more use; a session that it
     * was given stays open. The provider stays in the list of providers until it is removed. Idempotent.
     */
    @Override
    public void close() {
        entries.values().forEach(EntryCache::close);
        link.close();
    }

    /**
     * Returns what to know where the JVM refuses services of unsigned providers, as Oracle's JDK does.
     *
     * @return a sentence for people; empty where the JVM does not check
     */
    public static Optional<String> unsignedProviderNotice() {
        return JceVerification.notice();
    }

    private Object writeReplace() throws ObjectStreamException {
        throw new NotSerializableException("a provider of a token cannot be serialized: " + getName());
    }
}

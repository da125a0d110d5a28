package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Pkcs11Uri;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.TokenInfo;
import org.symbolon.TokenObject;
import org.symbolon.TokenProtocolException;
import org.symbolon.jca.KeyStoreEntry.StoredCertificate;
import org.symbolon.key.PublicKeys;

/**
 * A token's objects as key store entries, as one listing found them. Immutable.
 *
 * <p>A key's alias is its label; {@code label#id} in hexadecimal where several entries share a label or have none. The
 * order and the aliases depend on the objects alone.
 */
final class KeyStoreEntries {
    private static final Logger LOG = LoggerFactory.getLogger(KeyStoreEntries.class);

    private final TokenInfo token;
    private final Map<String, KeyStoreEntry> byAlias;

    private KeyStoreEntries(TokenInfo token, Map<String, KeyStoreEntry> byAlias) {
        this.token = token;
        this.byAlias = byAlias;
    }

    /** What signs a certificate for a key that has none. */
    @FunctionalInterface
    interface Certifier {
        Optional<X509Certificate> certify(PrivateKeyObject key, PublicKey publicKey) throws GeneralSecurityException;
    }

    /**
     * Makes entries of a listing.
     *
     * @param others certificates that complete chains and are not in the token
     * @param certifier makes certificates for keys without one
     */
    static KeyStoreEntries of(
            TokenInfo token, KeyStoreListing listing, List<X509Certificate> others, Certifier certifier)
            throws GeneralSecurityException {
        List<KeyStoreEntry> entries = new ArrayList<>();
        Set<TokenObject> taken = new HashSet<>();
        for (PrivateKeyObject key : listing.privateKeys()) {
            KeyStoreEntry.Key entry = certified(entry(key, listing, others), certifier);
            entries.add(entry);
            entry.certificates().forEach(stored -> taken.add(stored.object()));
        }
        for (StoredCertificate stored : listing.certificates()) {
            if (!taken.contains(stored.object())) {
                entries.add(new KeyStoreEntry.Trusted(stored));
            }
        }
        listing.secretKeys().forEach(key -> entries.add(new KeyStoreEntry.Secret(key)));
        return new KeyStoreEntries(token, named(entries));
    }

    private static KeyStoreEntry.Key certified(KeyStoreEntry.Key entry, Certifier certifier)
            throws GeneralSecurityException {
        boolean signs = entry.object().attributes().find(Attribute.SIGN).orElse(false);
        if (!entry.chain().isEmpty() || entry.publicKey().isEmpty() || !signs) {
            return entry;
        }
        return certifier
                .certify(entry.object(), entry.publicKey().get())
                .map(certificate -> entry.withChain(List.of(certificate)))
                .orElse(entry);
    }

    private static KeyStoreEntry.Key entry(
            PrivateKeyObject key, KeyStoreListing listing, List<X509Certificate> others) {
        List<PublicKeyObject> publicObjects = listing.publicKeysOf(key);
        Optional<PublicKey> own = publicKey(key, publicObjects);
        List<StoredCertificate> ofId = listing.certificatesWithId(key.keyId());
        List<StoredCertificate> candidates = key.keyId().isEmpty() ? listing.certificates() : ofId;
        Optional<X509Certificate> stored = leaf(
                candidates.stream().map(StoredCertificate::certificate),
                certificate ->
                        own.map(k -> isSame(k, certificate.getPublicKey())).orElse(true));
        Optional<X509Certificate> leaf = stored.or(() -> leaf(
                others.stream(),
                certificate ->
                        own.map(k -> isSame(k, certificate.getPublicKey())).orElse(false)));
        List<StoredCertificate> owned = key.keyId().isEmpty()
                ? candidates.stream()
                        .filter(candidate ->
                                leaf.isPresent() && candidate.certificate().equals(leaf.get()))
                        .toList()
                : ofId;
        return new KeyStoreEntry.Key(
                key,
                leaf.map(X509Certificate::getPublicKey).or(() -> own),
                publicObjects,
                owned,
                leaf.map(certificate -> CertificateChain.of(certificate, inTokenFirst(listing, others)))
                        .orElse(List.of()));
    }

    private static Optional<X509Certificate> leaf(Stream<X509Certificate> candidates, Predicate<X509Certificate> fits) {
        return candidates.filter(fits).max(Comparator.comparing(X509Certificate::getNotAfter));
    }

    private static List<X509Certificate> inTokenFirst(KeyStoreListing listing, List<X509Certificate> others) {
        return Stream.concat(listing.certificates().stream().map(StoredCertificate::certificate), others.stream())
                .toList();
    }

    /** A certificate's key wins over this, for only it tells a key that signs with RSASSA-PSS alone. */
    private static Optional<PublicKey> publicKey(PrivateKeyObject key, List<PublicKeyObject> publicObjects) {
        try {
            Optional<PublicKey> own = PublicKeys.find(key);
            if (own.isPresent() || publicObjects.isEmpty()) {
                return own;
            }
            return PublicKeys.find(publicObjects.get(0));
        } catch (TokenProtocolException e) {
            LOG.warn("{} cannot be used: {}", key.describe(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Returns whether two keys are the same point or number, whatever the algorithm identifier says: Java 17 adds a NULL to
     * those that it does not know.
     */
    static boolean isSame(PublicKey one, PublicKey other) {
        byte[] encoded = one.getEncoded();
        if (encoded != null && Arrays.equals(encoded, other.getEncoded())) {
            return true;
        }
        try {
            return PublicKeys.template(one)
                    .attributes()
                    .equals(PublicKeys.template(other).attributes());
        } catch (IllegalArgumentException e) {
            LOG.debug("A public key is none of a token's: {}", e.getMessage());
            return false;
        }
    }

    private static Map<String, KeyStoreEntry> named(List<KeyStoreEntry> entries) {
        entries.sort(
                Comparator.comparing((KeyStoreEntry entry) -> entry.object().label())
                        .thenComparing(entry -> hexId(entry.object()))
                        .thenComparing(entry -> entry.object().id().toString()));
        Map<String, Long> uses = entries.stream()
                .collect(Collectors.groupingBy(entry -> entry.object().label(), Collectors.counting()));
        Map<String, KeyStoreEntry> named = new LinkedHashMap<>();
        for (KeyStoreEntry entry : entries) {
            String label = entry.object().label();
            boolean unique = !label.isEmpty() && Long.valueOf(1).equals(uses.get(label));
            String alias = unique ? label : label + "#" + hexId(entry.object());
            if (named.containsKey(alias) || alias.equals("#")) {
                alias = alias + "#" + entry.object().id();
            }
            named.put(alias, entry);
        }
        return Collections.unmodifiableMap(named);
    }

    private static String hexId(TokenObject object) {
        return object.attributes().find(Attribute.ID).orElse(Bytes.empty()).toHex();
    }

    /** Returns the aliases, sorted. */
    Set<String> aliases() {
        return byAlias.keySet();
    }

    /** Returns the entries by alias. */
    Map<String, KeyStoreEntry> all() {
        return byAlias;
    }

    /**
     * Returns what an alias stands for: one of {@link #aliases()}, or a PKCS #11 URI that matches one entry only.
     *
     * @return the entry, or empty if there is none or the URI matches several
     */
    Optional<KeyStoreEntry> find(String alias) {
        KeyStoreEntry entry = byAlias.get(alias);
        if (entry != null || !Pkcs11Uri.isPkcs11Uri(alias)) {
            return Optional.ofNullable(entry);
        }
        List<String> matching = matching(alias);
        return matching.size() == 1 ? Optional.ofNullable(byAlias.get(matching.get(0))) : Optional.empty();
    }

    /** Returns the aliases of the entries that a PKCS #11 URI matches; of one that is malformed none. */
    List<String> matching(String uri) {
        try {
            Pkcs11Uri parsed = Pkcs11Uri.parse(uri);
            if (!parsed.matches(token)) {
                return List.of();
            }
            List<String> keys = matching(parsed, KeyStoreEntry.Key.class);
            return keys.isEmpty() ? matching(parsed, KeyStoreEntry.class) : keys;
        } catch (IllegalArgumentException e) {
            LOG.debug("An alias is no PKCS #11 URI though it begins like one: {}", e.getMessage());
            return List.of();
        }
    }

    private List<String> matching(Pkcs11Uri uri, Class<? extends KeyStoreEntry> kind) {
        return byAlias.entrySet().stream()
                .filter(named -> kind.isInstance(named.getValue())
                        && named.getValue().objects().stream().anyMatch(uri::matches))
                .map(Map.Entry::getKey)
                .toList();
    }
}

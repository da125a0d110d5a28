package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.ObjectId;
import org.symbolon.ObjectNotFoundException;
import org.symbolon.ObjectQuery;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.StandardAttributes;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.key.Certificates;
import org.symbolon.key.KeyImport;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenPrivateKey;
import org.symbolon.key.TokenSecretKey;

/** Changes a token as a KeyStore is told to. What is new is made before what is old is destroyed. */
final class EntryWriter {
    private static final Logger LOG = LoggerFactory.getLogger(EntryWriter.class);
    private static final int ID_BYTES = 20;
    /** With the certificate itself, as a token without unique ids tells the new one from the old by nothing else. */
    private static final Set<Attribute<?>> OF_CERTIFICATES = Stream.concat(
                    StandardAttributes.OF_EVERY_OBJECT.stream(), Stream.of(Attribute.VALUE))
            .collect(Collectors.toUnmodifiableSet());

    private static final Template SECRET = Template.of(Attribute.PRIVATE, true).with(Attribute.SENSITIVE, true);

    private final TokenLink link;
    private final Session session;
    private final KeyStoreEntries entries;

    EntryWriter(TokenLink link, Session session, KeyStoreEntries entries) {
        this.link = link;
        this.session = session;
        this.entries = entries;
    }

    /** Makes a key the entry of an alias, with its chain in place of an earlier one. */
    void setKey(String alias, Key key, List<Certificate> chain) throws GeneralSecurityException {
        if (key instanceof SecretKey secret) {
            setSecretKey(alias, secret, chain);
            return;
        }
        if (!(key instanceof PrivateKey privateKey)) {
            throw new KeyStoreException(
                    "a " + key.getAlgorithm() + " key cannot be an entry: key stores hold private and secret keys");
        }
        List<X509Certificate> certificates = x509(chain);
        Optional<KeyStoreEntry> earlier = entries.find(alias);
        PrivateKeyObject stored;
        if (privateKey instanceof TokenPrivateKey own) {
            stored = keep(alias, own, certificates, earlier);
        } else {
            stored = importKey(alias, privateKey, certificates);
        }
        replaceChain(stored, certificates);
        if (earlier.isPresent() && !earlier.get().object().id().equals(stored.id())) {
            destroy(earlier.get().objects());
        }
    }

    private void setSecretKey(String alias, SecretKey key, List<Certificate> chain) throws GeneralSecurityException {
        if (!chain.isEmpty()) {
            throw new KeyStoreException("a secret key has no certificates");
        }
        Optional<KeyStoreEntry> earlier = entries.find(alias);
        Template name = Template.label(alias).id(freshId()).onToken();
        TokenObject stored = key instanceof TokenSecretKey own
                ? keep(alias, own)
                : SecretKeys.create(session, key, key.getAlgorithm(), name.and(SECRET));
        if (earlier.isPresent() && !earlier.get().object().id().equals(stored.id())) {
            destroy(earlier.get().objects());
        }
    }

    private TokenObject keep(String alias, TokenSecretKey key) throws GeneralSecurityException {
        requireHome(key);
        Bytes id = key.object().keyId().isEmpty() ? freshId() : key.object().keyId();
        Template name = Template.label(alias).id(id);
        return key.object().attributes().isTrue(Attribute.TOKEN)
                ? session.setAttributes(key.object(), name)
                : session.copy(key.object(), name.onToken());
    }

    private void requireHome(TokenKey key) throws KeyStoreException {
        if (!link.isHome(key)) {
            throw new KeyStoreException(
                    key + " is not in this token, and a key that stays in its token cannot be imported");
        }
    }

    private static KeyStoreException opaque(Key key) {
        return new KeyStoreException("a key of " + key.getClass().getName() + " is opaque and cannot be imported;"
                + " generate the key in the token: the generators of this provider, keytool -providername");
    }

    private PrivateKeyObject keep(
            String alias, TokenPrivateKey key, List<X509Certificate> chain, Optional<KeyStoreEntry> earlier)
            throws GeneralSecurityException {
        requireHome(key);
        if (!chain.isEmpty()
                && !KeyStoreEntries.isSame(key.publicKey(), chain.get(0).getPublicKey())) {
            throw new KeyStoreException("the first certificate of the chain is not that of " + key);
        }
        PrivateKeyObject object = key.object();
        ObjectId id = object.id();
        boolean named = earlier.filter(entry -> entry.object().id().equals(id)).isPresent();
        if (named && !object.keyId().isEmpty()) { // without an id its chain would be everybody's without one
            return (PrivateKeyObject) earlier.get().object();
        }
        boolean onToken = object.attributes().isTrue(Attribute.TOKEN);
        Bytes keyId = object.keyId().isEmpty() ? idOf(key.publicKey()) : object.keyId();
        Template name = Template.label(alias).id(keyId);
        PrivateKeyObject kept = (PrivateKeyObject)
                (onToken ? session.setAttributes(object, name) : session.copy(object, name.onToken()));
        keepPublicKey(key.publicKey(), object.keyId(), onToken, name);
        return kept;
    }

    private void keepPublicKey(PublicKey publicKey, Bytes keyId, boolean onToken, Template name) throws TokenException {
        ObjectQuery query = ObjectQuery.publicKeys().id(keyId).with(Attribute.TOKEN, onToken);
        List<TokenObject> halves = keyId.isEmpty() ? List.of() : session.findAll(query);
        if (!onToken) {
            session.create(PublicKeys.template(publicKey).and(name.onToken()));
            return;
        }
        for (TokenObject half : halves) {
            session.setAttributes(half, name);
        }
    }

    private PrivateKeyObject importKey(String alias, PrivateKey key, List<X509Certificate> chain)
            throws GeneralSecurityException {
        if (key.getEncoded() == null) {
            throw opaque(key);
        }
        if (chain.isEmpty()) {
            throw new KeyStoreException("a key is imported together with its certificate");
        }
        PublicKey publicKey = chain.get(0).getPublicKey();
        Template name = Template.label(alias).id(idOf(publicKey)).onToken();
        try {
            KeyPairObject imported = KeyImport.keyPair(session, new KeyPair(publicKey, key), name, Template.empty());
            return imported.privateKey();
        } catch (IllegalArgumentException e) {
            throw Failures.keyStore(e);
        }
    }

    private void replaceChain(PrivateKeyObject key, List<X509Certificate> chain) throws GeneralSecurityException {
        List<TokenObject> before = session.findAll(
                ObjectQuery.certificates().id(key.keyId()).with(Attribute.TOKEN, true), OF_CERTIFICATES);
        for (X509Certificate certificate : chain) {
            session.create(template(certificate, key.label(), key.keyId()));
        }
        if (!chain.isEmpty()) {
            destroy(before);
        }
    }

    /** Makes a certificate the entry of an alias. */
    void setCertificate(String alias, Certificate certificate) throws GeneralSecurityException {
        Optional<KeyStoreEntry> earlier = entries.find(alias);
        if (earlier.isPresent() && !(earlier.get() instanceof KeyStoreEntry.Trusted)) {
            throw new KeyStoreException(alias + " is a key; a certificate of its own needs another alias");
        }
        session.create(template(x509(List.of(certificate)).get(0), alias, freshId()));
        if (earlier.isPresent()) {
            destroy(earlier.get().objects());
        }
    }

    /** Destroys the objects of an alias, and throws if one is still there afterwards. */
    void delete(String alias) throws GeneralSecurityException {
        Optional<KeyStoreEntry> entry = entries.find(alias);
        List<TokenObject> missed = entry.isPresent() ? destroy(entry.get().objects()) : List.of();
        for (TokenObject object : missed) {
            List<TokenObject> left =
                    session.findAll(ObjectQuery.of(object.objectClass()).with(Attribute.TOKEN, true));
            if (left.stream().anyMatch(found -> found.id().equals(object.id()))) {
                throw new KeyStoreException(alias + " is still in the token: it shows " + object.describe()
                        + " and says when asked to destroy it that there is none; try again in a new session");
            }
        }
    }

    /** Destroys objects, and returns those that the token says it has not, as if somebody else had destroyed them. */
    private List<TokenObject> destroy(List<? extends TokenObject> objects) throws TokenException {
        List<TokenObject> missed = new ArrayList<>();
        for (TokenObject object : objects) {
            try {
                session.destroy(object);
            } catch (ObjectNotFoundException e) {
                LOG.debug("There is nothing to destroy: {}", e.getMessage());
                missed.add(object);
            }
        }
        return missed;
    }

    private static List<X509Certificate> x509(List<Certificate> chain) throws KeyStoreException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : chain) {
            if (!(certificate instanceof X509Certificate x509)) {
                throw new KeyStoreException("certificates here are X.509, not " + certificate.getType());
            }
            certificates.add(x509);
        }
        return certificates;
    }

    private static Template template(X509Certificate certificate, String label, Bytes id)
            throws GeneralSecurityException {
        return Certificates.template(certificate)
                .with(Attribute.LABEL, label)
                .with(Attribute.PRIVATE, false)
                .id(id)
                .onToken();
    }

    /** An imported key's id is made from the key, so that importing it twice shows. */
    private static Bytes idOf(PublicKey publicKey) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey.getEncoded());
        return Bytes.wrap(Arrays.copyOf(digest, ID_BYTES));
    }

    /** A certificate of its own gets an id that makes it nobody's. */
    private static Bytes freshId() {
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        return Bytes.wrap(id);
    }
}

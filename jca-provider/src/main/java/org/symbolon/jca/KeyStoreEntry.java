package org.symbolon.jca;

import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.CertificateObject;
import org.symbolon.PrivateKeyObject;
import org.symbolon.PublicKeyObject;
import org.symbolon.SecretKeyObject;
import org.symbolon.TokenObject;

/** What an alias stands for. Immutable. */
sealed interface KeyStoreEntry {
    /** Returns the object that gives the entry its alias. */
    TokenObject object();

    /** Returns the certificate that is shown for the entry, or null. */
    @Nullable Certificate certificate();

    /** Returns the objects that make up the entry and are destroyed with it, the most telling last. */
    List<TokenObject> objects();

    /**
     * A private key with what belongs to it.
     *
     * @param object the private key
     * @param publicKey its public key as a JDK key; empty if the token shows it nowhere
     * @param publicObjects the public key objects of its id
     * @param certificates the certificate objects of its id, those of its chain among them
     * @param chain its certificate chain, leaf first; empty without certificate
     */
    record Key(
            PrivateKeyObject object,
            Optional<PublicKey> publicKey,
            List<PublicKeyObject> publicObjects,
            List<StoredCertificate> certificates,
            List<X509Certificate> chain)
            implements KeyStoreEntry {
        Key withChain(List<X509Certificate> newChain) {
            return new Key(object, publicKey, publicObjects, certificates, newChain);
        }

        @Override
        public @Nullable Certificate certificate() {
            return chain.isEmpty() ? null : chain.get(0);
        }

        @Override
        public List<TokenObject> objects() {
            List<TokenObject> objects = new ArrayList<>(publicObjects);
            certificates.forEach(stored -> objects.add(stored.object()));
            objects.add(object);
            return objects;
        }
    }

    /**
     * A secret key.
     *
     * @param object the secret key
     */
    record Secret(SecretKeyObject object) implements KeyStoreEntry {
        @Override
        public @Nullable Certificate certificate() {
            return null;
        }

        @Override
        public List<TokenObject> objects() {
            return List.of(object);
        }
    }

    /**
     * A certificate that belongs to no private key here.
     *
     * @param stored the certificate
     */
    record Trusted(StoredCertificate stored) implements KeyStoreEntry {
        @Override
        public CertificateObject object() {
            return stored.object();
        }

        @Override
        public Certificate certificate() {
            return stored.certificate();
        }

        @Override
        public List<TokenObject> objects() {
            return List.of(stored.object());
        }
    }

    /**
     * A certificate object and what it says.
     *
     * @param object the object
     * @param certificate the certificate
     */
    record StoredCertificate(CertificateObject object, X509Certificate certificate) {}
}

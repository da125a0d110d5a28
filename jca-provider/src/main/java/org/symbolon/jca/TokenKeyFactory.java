package org.symbolon.jca;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenPrivateKey;

/**
 * Reads and writes public keys, by another provider of the JVM: who names a provider for a key agreement or a certificate, as
 * Bouncy Castle's builders do, asks the same provider for the other party's public key. Private keys of the token do not come
 * out, and those of the JVM are not brought in silently: a key store imports them. Thread-safe.
 */
final class TokenKeyFactory extends KeyFactorySpi {
    private final SymbolonProvider provider;
    private final String algorithm;

    TokenKeyFactory(SymbolonProvider provider, String algorithm) {
        this.provider = provider;
        this.algorithm = algorithm;
    }

    private Optional<KeyFactory> software() {
        return OtherProviders.first(other -> KeyFactory.getInstance(algorithm, other));
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
        Optional<KeyFactory> other = software();
        if (other.isPresent()) {
            return other.get().generatePublic(spec);
        } else if (spec instanceof X509EncodedKeySpec encoded) {
            try {
                return PublicKeys.asEncoding(Bytes.wrap(encoded.getEncoded()));
            } catch (IllegalArgumentException e) {
                throw new InvalidKeySpecException(e.getMessage(), e);
            }
        }
        throw new InvalidKeySpecException(
                algorithm + " takes an X509EncodedKeySpec, as no other installed provider has it");
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
        throw new InvalidKeySpecException(provider.getName()
                + " makes no private keys of the JVM: leave the provider unnamed for one in software, "
                + "and import it by KeyStore.setKeyEntry, with its certificate");
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> wanted) throws InvalidKeySpecException {
        if (!(key instanceof PublicKey)) {
            throw new InvalidKeySpecException((key instanceof TokenKey ? key : "a private key") + " is not shown by "
                    + provider.getName() + ": a private key stays where it is");
        }
        Optional<KeyFactory> other = software();
        if (other.isPresent()) {
            return other.get().getKeySpec(key, wanted);
        } else if (wanted.isAssignableFrom(X509EncodedKeySpec.class) && key.getEncoded() != null) {
            return wanted.cast(new X509EncodedKeySpec(key.getEncoded()));
        }
        throw new InvalidKeySpecException("a public key of " + algorithm
                + " is shown as an X509EncodedKeySpec, as no other installed provider has it");
    }

    /** Returns a key of the token as it is, and a public key as one of the JVM. */
    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
        if (key instanceof TokenPrivateKey) {
            return OwnKeys.require(provider, key, TokenPrivateKey.class, "translates keys");
        } else if (!(key instanceof PublicKey)) {
            throw new InvalidKeyException("a private key of the JVM is imported by KeyStore.setKeyEntry, with its "
                    + "certificate, and not translated");
        }
        Optional<KeyFactory> other = software();
        if (other.isPresent()) {
            return other.get().translateKey(key);
        }
        byte[] encoded = key.getEncoded();
        try {
            return PublicKeys.asEncoding(Bytes.wrap(encoded == null ? new byte[0] : encoded));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }
}

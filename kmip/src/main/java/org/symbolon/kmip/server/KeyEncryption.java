package org.symbolon.kmip.server;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.SecretBytes;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.BlockCipherMode;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.object.AttributeType;
import org.symbolon.kmip.object.CryptographicParameters;

/**
 * Encrypts what keys consist of with another key. The token does it, by wrapping an object of its session; where it gives the
 * wrapping key out anyway, this JVM does, for which the key's flags and the token's limits are no hindrance.
 */
final class KeyEncryption {
    private final ObjectStore store;
    private final Materials materials;

    KeyEncryption(ObjectStore store, Materials materials) {
        this.store = store;
        this.materials = materials;
    }

    /** Returns whether a mode takes an IV. */
    static boolean takesIv(Managed by, @Nullable CryptographicParameters parameters) {
        boolean secret = by.object().objectClass().equals(ObjectClass.SECRET_KEY);
        BlockCipherMode mode = mode(parameters);
        return secret
                && !mode.equals(BlockCipherMode.NIST_KEY_WRAP)
                && !mode.equals(BlockCipherMode.AES_KEY_WRAP_PADDING)
                && !mode.equals(BlockCipherMode.ECB);
    }

    private static BlockCipherMode mode(@Nullable CryptographicParameters parameters) {
        return parameters == null || parameters.blockCipherMode() == null
                ? BlockCipherMode.NIST_KEY_WRAP
                : parameters.blockCipherMode();
    }

    /** Encrypts bytes. */
    byte[] wrap(Managed by, @Nullable CryptographicParameters parameters, @Nullable Bytes iv, byte[] plaintext)
            throws KmipFailure, TokenException {
        Optional<SecretBytes> readable = readable(by);
        if (readable.isPresent()) {
            return local(true, by, readable.get(), parameters, iv).run(plaintext);
        }
        TokenObject passing = store.session().create(secret().with(Attribute.VALUE, Bytes.wrap(plaintext)));
        try {
            return wrap(by, parameters, iv, (KeyObject) passing);
        } finally {
            store.session().destroy(passing);
        }
    }

    /** Wraps a key that the token keeps, in the form in which PKCS #11 has it. */
    byte[] wrap(Managed by, @Nullable CryptographicParameters parameters, @Nullable Bytes iv, KeyObject target)
            throws KmipFailure, TokenException {
        KeyObject wrapping = Use.computing(by);
        Optional<SecretBytes> readable = readable(by);
        if (readable.isEmpty()) {
            return store.session().wrapKey(wrapping, mechanism(wrapping, parameters, iv), target);
        }
        try (SecretBytes value = readable.get()) {
            return wrapByCopy(wrapping.attributes().get(Attribute.KEY_TYPE), value, parameters, iv, target);
        }
    }

    /** Wraps with a copy that does nothing else: tokens refuse keys that decrypt too, which hides nothing where the key is given out. */
    private byte[] wrapByCopy(
            KeyType type,
            SecretBytes value,
            @Nullable CryptographicParameters parameters,
            @Nullable Bytes iv,
            KeyObject target)
            throws KmipFailure, TokenException {
        Template only = secret().with(Attribute.KEY_TYPE, type)
                .with(Attribute.WRAP, true)
                .with(Attribute.VALUE, value);
        KeyObject copy = (KeyObject) store.session().create(only);
        try {
            return store.session().wrapKey(copy, mechanism(copy, parameters, iv), target);
        } finally {
            store.session().destroy(copy);
        }
    }

    /** Decrypts bytes; to be closed. */
    SecretBytes unwrap(Managed by, @Nullable CryptographicParameters parameters, @Nullable Bytes iv, Bytes wrapped)
            throws KmipFailure, TokenException {
        Optional<SecretBytes> readable = readable(by);
        if (readable.isPresent()) {
            return SecretBytes.takeOver(
                    local(false, by, readable.get(), parameters, iv).run(wrapped.sharedArray()));
        }
        KeyObject unwrapping = Use.computing(by);
        TokenObject passing = store.session()
                .unwrapKey(unwrapping, mechanism(unwrapping, parameters, iv), wrapped.sharedArray(), secret());
        try {
            return SecretBytes.copyOf(store.session()
                    .getAttributes(passing, Set.of(Attribute.VALUE))
                    .get(Attribute.VALUE)
                    .sharedArray());
        } finally {
            store.session().destroy(passing);
        }
    }

    private Optional<SecretBytes> readable(Managed by) throws KmipFailure, TokenException {
        boolean secret = !by.object().objectClass().equals(ObjectClass.PUBLIC_KEY)
                && !by.object().objectClass().equals(ObjectClass.PRIVATE_KEY);
        return secret ? materials.readable(by) : Optional.empty();
    }

    private static Template secret() {
        return Template.of(Attribute.CLASS, ObjectClass.SECRET_KEY)
                .with(Attribute.KEY_TYPE, KeyType.GENERIC_SECRET)
                .with(Attribute.SENSITIVE, false)
                .with(Attribute.EXTRACTABLE, true);
    }

    private static LocalCipher local(
            boolean encrypting,
            Managed by,
            SecretBytes key,
            @Nullable CryptographicParameters parameters,
            @Nullable Bytes iv)
            throws KmipFailure {
        CryptographicAlgorithm algorithm =
                by.get(AttributeType.CRYPTOGRAPHIC_ALGORITHM).orElse(CryptographicAlgorithm.AES);
        try (key) {
            return LocalCipher.start(
                    encrypting,
                    algorithm,
                    key,
                    CipherMechanisms.withMode(parameters, mode(parameters)),
                    iv,
                    Bytes.empty());
        }
    }

    private static Mechanism mechanism(KeyObject by, @Nullable CryptographicParameters parameters, @Nullable Bytes iv)
            throws KmipFailure {
        if (by.objectClass().equals(ObjectClass.SECRET_KEY)) {
            BlockCipherMode mode = mode(parameters);
            if (mode.equals(BlockCipherMode.NIST_KEY_WRAP)) {
                return Mechanism.AES_KEY_WRAP;
            } else if (mode.equals(BlockCipherMode.AES_KEY_WRAP_PADDING)) {
                return Mechanism.AES_KEY_WRAP_KWP;
            }
        }
        return CipherMechanisms.cipher(by, parameters, iv, Bytes.empty())
                .orElseThrow(() -> new KmipFailure(
                        ResultReason.KEY_WRAP_TYPE_NOT_SUPPORTED,
                        "the token wraps no keys in the mode "
                                + mode(parameters).xmlName()));
    }
}

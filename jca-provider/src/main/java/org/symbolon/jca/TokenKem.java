package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.KEMSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Encapsulation;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.ParameterSet;
import org.symbolon.PublicKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenParameterSetPrivateKey;

/**
 * ML-KEM (FIPS 203): decapsulates with a private key of the token, and encapsulates on the token too, since Java has it in
 * software from 24 on only. Loaded only where the JVM has the KEM API. Thread-safe.
 */
final class TokenKem implements KEMSpi {
    private static final int SECRET_BYTES = 32;
    private static final Set<String> WRONG_LENGTH =
            Set.of("CKR_WRAPPED_KEY_LEN_RANGE", "CKR_WRAPPED_KEY_INVALID", "CKR_ENCRYPTED_DATA_LEN_RANGE");

    private final SymbolonProvider provider;
    private final String algorithm;

    TokenKem(SymbolonProvider provider, String algorithm) {
        this.provider = provider;
        this.algorithm = algorithm;
    }

    @Override
    public EncapsulatorSpi engineNewEncapsulator(
            PublicKey publicKey, @Nullable AlgorithmParameterSpec spec, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException, InvalidKeyException {
        requireNone(spec);
        try {
            long code = PublicKeys.template(publicKey)
                    .attributes()
                    .find(Attribute.PARAMETER_SET)
                    .orElse(-1L);
            ParameterSet set = ParameterSet.of(KeyType.ML_KEM, code)
                    .filter(this::isMeant)
                    .orElseThrow(() -> new InvalidKeyException("no key of " + algorithm));
            return new Encapsulator(provider, publicKey, set);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    @Override
    public DecapsulatorSpi engineNewDecapsulator(PrivateKey privateKey, @Nullable AlgorithmParameterSpec spec)
            throws InvalidAlgorithmParameterException, InvalidKeyException {
        requireNone(spec);
        TokenParameterSetPrivateKey own =
                OwnKeys.require(provider, privateKey, TokenParameterSetPrivateKey.class, "decapsulates");
        if (!isMeant(own.parameterSet())) {
            throw new InvalidKeyException(own + " is no key of " + algorithm);
        }
        provider.capabilities().require(own, MechanismFunction.DECAPSULATE, Mechanism.ML_KEM.type());
        return new Decapsulator(own);
    }

    private boolean isMeant(ParameterSet set) {
        return set.displayName().equals(algorithm) || set.displayName().startsWith(algorithm + "-");
    }

    private void requireNone(@Nullable AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (spec != null) {
            throw new InvalidAlgorithmParameterException(
                    algorithm + " takes no parameters, not " + spec.getClass().getName());
        }
    }

    /** Returns the length of what travels (FIPS 203 table 3). */
    private static int encapsulationBytes(ParameterSet set) {
        return switch (set) {
            case ML_KEM_512 -> 768;
            case ML_KEM_768 -> 1088;
            default -> 1568;
        };
    }

    private static SecretKey part(byte[] secret, int from, int to, String algorithm) {
        if (secret.length != SECRET_BYTES) {
            Arrays.fill(secret, (byte) 0);
            throw Failures.provider(new InvalidKeyException(
                    "the token made a secret of " + secret.length + " bytes where " + SECRET_BYTES + " are due"));
        }
        return SecretKeys.of(secret, from, to - from, algorithm);
    }

    private record Encapsulator(SymbolonProvider provider, PublicKey publicKey, ParameterSet set)
            implements EncapsulatorSpi {
        @Override
        public KEM.Encapsulated engineEncapsulate(int from, int to, String algorithm) {
            Objects.checkFromToIndex(from, to, SECRET_BYTES);
            try {
                Session session = provider.link().session();
                PublicKeyObject lent = (PublicKeyObject) session.create(PublicKeys.template(publicKey)
                        .with(Attribute.TOKEN, false)
                        .with(Attribute.ENCAPSULATE, true));
                try {
                    Encapsulation made = session.encapsulate(lent, Mechanism.ML_KEM, secretTemplate());
                    SecretKey key = part(SecretKeys.take(session, made.key()), from, to, algorithm);
                    return new KEM.Encapsulated(key, made.ciphertext().toByteArray(), null);
                } finally {
                    session.destroy(lent);
                }
            } catch (GeneralSecurityException | IllegalStateException e) {
                throw Failures.provider(e);
            }
        }

        @Override
        public int engineSecretSize() {
            return SECRET_BYTES;
        }

        @Override
        public int engineEncapsulationSize() {
            return encapsulationBytes(set);
        }
    }

    private static Template secretTemplate() {
        return SecretKeys.passing(SECRET_BYTES);
    }

    private record Decapsulator(TokenParameterSetPrivateKey key) implements DecapsulatorSpi {
        @Override
        public SecretKey engineDecapsulate(byte[] encapsulation, int from, int to, String algorithm)
                throws DecapsulateException {
            Objects.checkFromToIndex(from, to, SECRET_BYTES);
            if (encapsulation.length != engineEncapsulationSize()) {
                throw new DecapsulateException(
                        "an encapsulation of " + key.parameterSet().displayName() + " has " + engineEncapsulationSize()
                                + " bytes, not " + encapsulation.length);
            }
            try {
                Session session = key.session();
                byte[] secret = SecretKeys.take(
                        session, session.decapsulate(key.object(), Mechanism.ML_KEM, encapsulation, secretTemplate()));
                return part(secret, from, to, algorithm);
            } catch (TokenException e) {
                if (WRONG_LENGTH.contains(e.status().name())) {
                    throw new DecapsulateException(e.getMessage(), e);
                }
                throw Failures.provider(e);
            } catch (IllegalStateException e) {
                throw Failures.provider(e);
            }
        }

        @Override
        public int engineSecretSize() {
            return SECRET_BYTES;
        }

        @Override
        public int engineEncapsulationSize() {
            return encapsulationBytes(key.parameterSet());
        }
    }
}

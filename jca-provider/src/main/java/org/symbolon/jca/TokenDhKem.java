package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Objects;
import java.util.Set;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.KEMSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.NamedCurve;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenKey;
import org.symbolon.key.TokenPrivateKey;

/**
 * DHKEM of HPKE (RFC 9180 section 4.1) with an EC or XDH private key of the token, which makes the agreement; what follows is
 * done here. Encapsulates by another provider, in software. Loaded only where the JVM has the KEM API. Thread-safe.
 */
final class TokenDhKem implements KEMSpi {
    static final String NAME = "DHKEM";

    private static final byte UNCOMPRESSED = 4;
    /** What tokens say of a point that is none. */
    private static final Set<String> NO_POINT = Set.of("CKR_MECHANISM_PARAM_INVALID", "CKR_DOMAIN_PARAMS_INVALID");

    private final SymbolonProvider provider;

    TokenDhKem(SymbolonProvider provider) {
        this.provider = provider;
    }

    @Override
    public EncapsulatorSpi engineNewEncapsulator(
            PublicKey publicKey, @Nullable AlgorithmParameterSpec spec, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException, InvalidKeyException {
        KEM software = OtherProviders.first(other -> KEM.getInstance(NAME, other))
                .orElseThrow(() -> new InvalidKeyException("no other installed provider has KEM " + NAME));
        return new Encapsulator(software.newEncapsulator(publicKey, spec, random));
    }

    @Override
    public DecapsulatorSpi engineNewDecapsulator(PrivateKey privateKey, @Nullable AlgorithmParameterSpec spec)
            throws InvalidAlgorithmParameterException, InvalidKeyException {
        if (spec != null) {
            throw new InvalidAlgorithmParameterException(
                    NAME + " takes no parameters, not " + spec.getClass().getName());
        }
        TokenPrivateKey own = OwnKeys.require(provider, privateKey, TokenPrivateKey.class, "decapsulates");
        Attributes publicPart = PublicKeys.template(own.publicKey()).attributes();
        DhKemSuite suite = publicPart
                .find(Attribute.EC_PARAMS)
                .flatMap(NamedCurve::ofEcParams)
                .flatMap(DhKemSuite::of)
                .orElseThrow(() -> new InvalidKeyException(
                        own + " is no key for " + NAME + ", which has P-256, P-384, P-521, X25519 and X448"));
        provider.capabilities().require(own, MechanismFunction.DERIVE, Mechanism.ECDH1_DERIVE.type());
        Bytes point = Bytes.wrap(PublicKeys.rawPoint(publicPart.get(Attribute.EC_POINT), suite.curve()));
        return new Decapsulator(own, suite, point);
    }

    /** Returns whether a key is on a curve that DHKEM has, as far as is known here. */
    static boolean takes(TokenKey key) {
        return key instanceof TokenPrivateKey own
                && ("EC".equals(own.getAlgorithm()) || "XDH".equals(own.getAlgorithm()));
    }

    private record Encapsulator(KEM.Encapsulator software) implements EncapsulatorSpi {
        @Override
        public KEM.Encapsulated engineEncapsulate(int from, int to, String algorithm) {
            return software.encapsulate(from, to, algorithm);
        }

        @Override
        public int engineSecretSize() {
            return software.secretSize();
        }

        @Override
        public int engineEncapsulationSize() {
            return software.encapsulationSize();
        }
    }

    private record Decapsulator(TokenPrivateKey key, DhKemSuite suite, Bytes recipient) implements DecapsulatorSpi {
        @Override
        public SecretKey engineDecapsulate(byte[] encapsulation, int from, int to, String algorithm)
                throws DecapsulateException {
            Objects.checkFromToIndex(from, to, suite.secretBytes());
            boolean wellFormed = encapsulation.length == suite.encapsulationBytes()
                    && (suite.isMontgomery() || encapsulation[0] == UNCOMPRESSED);
            if (!wellFormed) {
                throw new DecapsulateException(
                        "an encapsulation for " + suite.curve().displayName() + " is a point of "
                                + suite.encapsulationBytes() + " bytes, uncompressed");
            }
            try {
                byte[] shared = suite.sharedSecret(agreed(encapsulation), encapsulation, recipient.toByteArray());
                return SecretKeys.of(shared, from, to - from, algorithm);
            } catch (TokenException e) {
                if (NO_POINT.contains(e.status().name())) {
                    throw new DecapsulateException(e.getMessage(), e);
                }
                throw Failures.provider(e);
            } catch (GeneralSecurityException | IllegalStateException e) {
                throw Failures.provider(e);
            }
        }

        private byte[] agreed(byte[] encapsulation) throws TokenException, DecapsulateException {
            Mechanism mechanism = new Mechanism(
                    Mechanism.ECDH1_DERIVE.type(), new DerivationParameters.Ecdh(Bytes.of(encapsulation)));
            int bytes = suite.curve().fieldBytes();
            byte[] agreed = SecretKeys.take(
                    key.session(), key.session().deriveKey(key.object(), mechanism, SecretKeys.passing(bytes)));
            int bits = 0;
            for (byte b : agreed) {
                bits |= b;
            }
            if (bits == 0) { // RFC 9180 section 7.1.4
                throw new DecapsulateException("the encapsulation is a point of small order");
            }
            return agreed;
        }

        @Override
        public int engineSecretSize() {
            return suite.secretBytes();
        }

        @Override
        public int engineEncapsulationSize() {
            return suite.encapsulationBytes();
        }
    }
}

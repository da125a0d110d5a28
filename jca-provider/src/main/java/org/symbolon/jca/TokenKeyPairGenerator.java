package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.PrivateKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.key.PublicKeys;
import org.symbolon.key.TokenPrivateKey;

/** Generates key pairs on the token: session objects, unless {@link TokenKeyGenParameterSpec} says otherwise. */
final class TokenKeyPairGenerator extends KeyPairGeneratorSpi {
    private static final int ID_BYTES = 20;

    private final SymbolonProvider provider;
    private final KeyPairAlgorithm algorithm;
    private Mechanism mechanism;
    private Template template = Template.empty();
    private Template privateTemplate = Template.empty();

    TokenKeyPairGenerator(SymbolonProvider provider, KeyPairAlgorithm algorithm) {
        this.provider = provider;
        this.algorithm = algorithm;
        this.mechanism = algorithm.defaultMechanism();
    }

    /** Takes the size; the token makes its own random numbers. */
    @Override
    public void initialize(int keySizeBits, @Nullable SecureRandom random) throws InvalidParameterException {
        mechanism = algorithm.ofSize(keySizeBits);
        template = Template.empty();
        privateTemplate = Template.empty();
    }

    @Override
    public void initialize(AlgorithmParameterSpec spec, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException {
        if (spec instanceof TokenKeyGenParameterSpec own) {
            mechanism = mechanism(own);
            template = own.template();
            privateTemplate = own.privateTemplate();
        } else {
            mechanism = algorithm.ofSpec(spec);
            template = Template.empty();
            privateTemplate = Template.empty();
        }
    }

    private Mechanism mechanism(TokenKeyGenParameterSpec own) throws InvalidAlgorithmParameterException {
        if (own.keyBits().isEmpty()) {
            return own.keyParameters().isPresent()
                    ? algorithm.ofSpec(own.keyParameters().get())
                    : algorithm.defaultMechanism();
        }
        try {
            return algorithm.ofSize(own.keyBits().getAsInt());
        } catch (InvalidParameterException e) {
            throw new InvalidAlgorithmParameterException(e.getMessage(), e);
        }
    }

    @Override
    public KeyPair generateKeyPair() {
        try {
            Session session = provider.link().session();
            provider.capabilities().requireOffered(session, MechanismFunction.GENERATE_KEY_PAIR, mechanism.type());
            Template common = template.orElse(Attribute.TOKEN, false).orElse(Attribute.ID, freshId());
            Template own = common.and(privateTemplate);
            KeyPairObject pair = session.generateKeyPair(
                    mechanism,
                    common,
                    SecretKeys.grantsUse(own) ? own : algorithm.uses().and(own));
            PublicKey publicKey = PublicKeys.of(pair.publicKey());
            PrivateKeyObject made = provider.unreachableKeys().watched(session, pair.privateKey(), pair.publicKey());
            return new KeyPair(publicKey, TokenPrivateKey.of(session, made, publicKey));
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw Failures.provider(e);
        }
    }

    /** An id ties the private key to its public key and certificates. */
    private static Bytes freshId() {
        byte[] id = new byte[ID_BYTES];
        Randomness.LOCAL.nextBytes(id);
        return Bytes.wrap(id);
    }

    /** Random numbers for names, which are no secrets; made when the first is wanted. */
    private static final class Randomness {
        static final SecureRandom LOCAL = new SecureRandom();
    }
}

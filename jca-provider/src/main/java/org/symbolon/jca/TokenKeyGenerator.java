package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismParameters;
import org.symbolon.SecretKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;

/** Generates secret keys on the token: session objects, unless {@link TokenKeyGenParameterSpec} says otherwise. */
final class TokenKeyGenerator extends KeyGeneratorSpi {
    private final SymbolonProvider provider;
    private final SecretKeyAlgorithm algorithm;
    private int bytes;
    private Template template = Template.empty();

    TokenKeyGenerator(SymbolonProvider provider, SecretKeyAlgorithm algorithm) {
        this.provider = provider;
        this.algorithm = algorithm;
        this.bytes = algorithm.defaultBytes();
    }

    /** Takes nothing: the token makes its own random numbers. */
    @Override
    protected void engineInit(@Nullable SecureRandom random) {
        bytes = algorithm.defaultBytes();
        template = Template.empty();
    }

    @Override
    protected void engineInit(int bits, @Nullable SecureRandom random) throws InvalidParameterException {
        bytes = algorithm.bytes(bits);
        template = Template.empty();
    }

    @Override
    protected void engineInit(@Nullable AlgorithmParameterSpec spec, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException {
        if (!(spec instanceof TokenKeyGenParameterSpec own)
                || !own.privateTemplate().attributes().isEmpty()) {
            throw new InvalidAlgorithmParameterException(
                    "a key generator takes a TokenKeyGenParameterSpec without attributes of a private key, not "
                            + (spec == null ? "null" : spec.getClass().getName()));
        }
        try {
            bytes = own.keyBits().isPresent() ? algorithm.bytes(own.keyBits().getAsInt()) : algorithm.defaultBytes();
        } catch (InvalidParameterException e) {
            throw new InvalidAlgorithmParameterException(e.getMessage(), e);
        }
        template = own.template();
    }

    @Override
    protected SecretKey engineGenerateKey() {
        try {
            Session session = provider.link().session();
            provider.capabilities().requireOffered(session, MechanismFunction.GENERATE, algorithm.generation());
            Mechanism mechanism = algorithm.hasLength()
                    ? new Mechanism(algorithm.generation(), new MechanismParameters.SecretKeyLength(bytes))
                    : Mechanism.of(algorithm.generation());
            Template whole = SecretKeys.withUses(algorithm.name(), template)
                    .orElse(Attribute.TOKEN, false)
                    .orElse(Attribute.SENSITIVE, true)
                    .orElse(Attribute.EXTRACTABLE, false);
            SecretKeyObject made = session.generateKey(mechanism, whole);
            return SecretKeys.opaque(provider, session, made, algorithm.name());
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw Failures.provider(e);
        }
    }
}

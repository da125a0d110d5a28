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
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Session;
import org.symbolon.Status;
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
            mechanism = own.keyParameters().isPresent()
                    ? algorithm.ofSpec(own.keyParameters().get())
                    : algorithm.defaultMechanism();
            template = own.template();
            privateTemplate = own.privateTemplate();
        } else {
            mechanism = algorithm.ofSpec(spec);
            template = Template.empty();
            privateTemplate = Template.empty();
        }
    }

    @Override
    public KeyPair generateKeyPair() {
        try {
            Session session = provider.link().session();
            requireOffered(session);
            Template common = template.orElse(Attribute.TOKEN, false).orElse(Attribute.ID, freshId());
            KeyPairObject pair = session.generateKeyPair(mechanism, common, common.and(privateTemplate));
            PublicKey publicKey = PublicKeys.of(pair.publicKey());
            return new KeyPair(publicKey, TokenPrivateKey.of(session, pair.privateKey(), publicKey));
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw Failures.provider(e);
        }
    }

    private void requireOffered(Session session) throws GeneralSecurityException {
        MechanismInfo info = provider.capabilities().of(session).get(mechanism.type());
        if (info == null || !info.supports(MechanismFunction.GENERATE_KEY_PAIR)) {
            throw new MechanismNotSupportedException(
                    Status.ckr("CKR_MECHANISM_INVALID"),
                    "token \"" + session.info().token().label() + "\" does not offer " + mechanism.type(),
                    null);
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

package org.symbolon.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import org.symbolon.Attribute;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.PublicKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.key.PublicKeys;

/** Verifies on the token with any public key, which the token learns for as long as that takes. Not thread-safe. */
final class TokenVerifier extends Signature {
    private final Session session;
    private final Mechanism mechanism;
    private final SignatureInput input = SignatureInput.message(SigningPlan.MAX_MESSAGE_BYTES);
    private Template key = Template.empty();

    private TokenVerifier(String algorithm, Session session, Mechanism mechanism) {
        super(algorithm);
        this.session = session;
        this.mechanism = mechanism;
    }

    /**
     * Returns a verifier, ready.
     *
     * @param otherwise why no provider of the JVM verifies, thrown if the token does not either
     */
    static Signature of(
            SymbolonProvider provider,
            String algorithm,
            Mechanism mechanism,
            PublicKey key,
            InvalidKeyException otherwise)
            throws InvalidKeyException {
        try {
            Session session = provider.link().session();
            provider.capabilities().requireOffered(session, MechanismFunction.VERIFY, mechanism.type());
            TokenVerifier verifier = new TokenVerifier(algorithm, session, mechanism);
            verifier.initVerify(key);
            return verifier;
        } catch (GeneralSecurityException | IllegalStateException e) {
            otherwise.addSuppressed(e);
            throw otherwise;
        }
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
        try {
            key = PublicKeys.template(publicKey).with(Attribute.TOKEN, false).with(Attribute.VERIFY, true);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    @Override
    protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
        throw new InvalidKeyException("this verifies only");
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
        engineUpdate(new byte[] {b}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] data, int offset, int length) throws SignatureException {
        input.update(data, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        throw new SignatureException("this verifies only");
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        byte[] message = input.finish();
        try {
            PublicKeyObject lent = (PublicKeyObject) session.create(key);
            try {
                return session.verify(lent, mechanism, message, signature);
            } finally {
                session.destroy(lent);
            }
        } catch (TokenException | IllegalStateException e) {
            throw Failures.signature(e);
        }
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("no parameters by name");
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("no parameters by name");
    }
}

package org.symbolon.jca;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import org.symbolon.Template;

/**
 * Makes {@code Cipher.unwrap} leave the key in the token, as a new object that nobody outside has seen. Without it an
 * unwrapped secret key comes out with its encoding, as callers of {@code unwrap} expect who go on in software.
 *
 * <pre>{@code
 * cipher.init(Cipher.UNWRAP_MODE, wrappingKey, TokenUnwrapParameterSpec.of(Template.label("content").onToken()));
 * SecretKey key = (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param template attributes of the key; without CKA_TOKEN it dies with the session
 * @param cipherParameters the parameters of the cipher itself: an IV, those of OAEP; empty for none
 */
public record TokenUnwrapParameterSpec(Template template, Optional<AlgorithmParameterSpec> cipherParameters)
        implements AlgorithmParameterSpec {
    /**
     * Returns the spec of a key with these attributes.
     *
     * @param template the attributes
     * @return the spec
     */
    public static TokenUnwrapParameterSpec of(Template template) {
        return new TokenUnwrapParameterSpec(template, Optional.empty());
    }

    /**
     * Returns this spec with parameters of the cipher.
     *
     * @param parameters what the cipher takes: a {@link javax.crypto.spec.GCMParameterSpec}, an
     *     {@link javax.crypto.spec.IvParameterSpec}, an {@link javax.crypto.spec.OAEPParameterSpec}
     * @return a new spec
     */
    public TokenUnwrapParameterSpec with(AlgorithmParameterSpec parameters) {
        return new TokenUnwrapParameterSpec(template, Optional.of(parameters));
    }
}

package org.symbolon.jca;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import java.util.OptionalInt;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Template;

/**
 * What a {@code KeyPairGenerator} or {@code KeyGenerator} of the provider gives the keys besides their type: a label, an id, whether they outlive
 * the session, any other attribute.
 *
 * <pre>{@code
 * generator.initialize(TokenKeyGenParameterSpec.label("deploy").with(new ECGenParameterSpec("secp384r1")));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param template attributes of both keys
 * @param privateTemplate attributes of the private key alone
 * @param keyParameters the size or curve; empty for the generator's default
 */
public record TokenKeyGenParameterSpec(
        Template template, Template privateTemplate, Optional<AlgorithmParameterSpec> keyParameters)
        implements AlgorithmParameterSpec {
    /**
     * Returns the spec of a key pair on the token, which outlives its session and is found again by this label.
     *
     * @param label CKA_LABEL of both keys, the alias in a {@code KeyStore}
     * @return the spec
     */
    public static TokenKeyGenParameterSpec label(String label) {
        return of(Template.label(label).onToken());
    }

    /**
     * Returns the spec of a key pair with these attributes.
     *
     * @param template attributes of both keys; without CKA_TOKEN the keys die with the session, as they do without spec
     * @return the spec
     */
    public static TokenKeyGenParameterSpec of(Template template) {
        return new TokenKeyGenParameterSpec(template, Template.empty(), Optional.empty());
    }

    /**
     * Returns this spec with an id.
     *
     * @param id CKA_ID of both keys; without it a random one is made
     * @return a new spec
     */
    public TokenKeyGenParameterSpec id(Bytes id) {
        return new TokenKeyGenParameterSpec(template.id(id), privateTemplate, keyParameters);
    }

    /**
     * Returns this spec with an attribute of the private key, such as {@link Attribute#EXTRACTABLE}.
     *
     * @param attribute the attribute
     * @param value its value
     * @param <T> the class of its values
     * @return a new spec
     */
    public <T> TokenKeyGenParameterSpec privateKey(Attribute<T> attribute, T value) {
        return new TokenKeyGenParameterSpec(template, privateTemplate.with(attribute, value), keyParameters);
    }

    /**
     * Returns this spec with a size.
     *
     * @param bits the length of a secret key or of an RSA modulus, or what names a curve, in bits
     * @return a new spec
     */
    public TokenKeyGenParameterSpec bits(int bits) {
        return with(new Bits(bits));
    }

    /** Returns the size, if it is given as such. */
    OptionalInt keyBits() {
        return keyParameters.orElse(null) instanceof Bits size ? OptionalInt.of(size.bits()) : OptionalInt.empty();
    }

    private record Bits(int bits) implements AlgorithmParameterSpec {}

    /**
     * Returns this spec with a size or curve.
     *
     * @param parameters an {@link java.security.spec.RSAKeyGenParameterSpec}, an
     *     {@link java.security.spec.ECGenParameterSpec} or a {@link java.security.spec.NamedParameterSpec}
     * @return a new spec
     */
    public TokenKeyGenParameterSpec with(AlgorithmParameterSpec parameters) {
        return new TokenKeyGenParameterSpec(template, privateTemplate, Optional.of(parameters));
    }
}

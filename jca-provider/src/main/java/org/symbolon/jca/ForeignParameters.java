package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;

/**
 * Parameter classes of Bouncy Castle, where the JDK has none: read by name, so that nobody needs Bouncy Castle who does not use
 * it.
 */
enum ForeignParameters {
    /** The context of a signature (FIPS 204 section 5.2, FIPS 205 section 10.2). */
    CONTEXT("org.bouncycastle.jcajce.spec.ContextParameterSpec", "getContext"),
    /** What both parties put into a key derivation function, such as ECC-CMS-SharedInfo (RFC 5753 section 7.2). */
    KEYING_MATERIAL("org.bouncycastle.jcajce.spec.UserKeyingMaterialSpec", "getUserKeyingMaterial");

    private final String className;
    private final String getter;

    ForeignParameters(String className, String getter) {
        this.className = className;
        this.getter = getter;
    }

    /**
     * Returns the bytes of parameters of this class, or empty if they are of another.
     *
     * @throws InvalidAlgorithmParameterException if they do not tell them
     */
    Optional<Bytes> read(@Nullable AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (spec == null || !spec.getClass().getName().equals(className)) {
            return Optional.empty();
        }
        try {
            return spec.getClass().getMethod(getter).invoke(spec) instanceof byte[] bytes
                    ? Optional.of(Bytes.of(bytes))
                    : Optional.of(Bytes.empty());
        } catch (ReflectiveOperationException e) {
            throw new InvalidAlgorithmParameterException(className + " does not tell its value", e);
        }
    }
}

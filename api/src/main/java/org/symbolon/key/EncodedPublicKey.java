package org.symbolon.key;

import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import org.symbolon.Bytes;
import org.symbolon.ParameterSet;

/** A public key of an algorithm that this JVM has no key factory for: what it is and its encoding. */
record EncodedPublicKey(ParameterSet parameterSet, Bytes subjectPublicKeyInfo) implements PublicKey {
    private static final long serialVersionUID = 1;

    /** Returns what the JDK calls the algorithms of a parameter set: ML-DSA for ML-DSA-65. */
    static String family(ParameterSet set) {
        return set.keyType().name().replaceFirst("^CKK_", "").replace('_', '-');
    }

    @Override
    public String getAlgorithm() {
        return family(parameterSet);
    }

    @Override
    public String getFormat() {
        return "X.509";
    }

    @Override
    public byte[] getEncoded() {
        return subjectPublicKeyInfo.toByteArray();
    }

    /** {@return the name of the parameter set; on Java 22 and later a method of every public key} */
    @SuppressWarnings("MissingOverride") // Java 17 has nothing to override
    public AlgorithmParameterSpec getParams() {
        return new NamedParameterSpec(parameterSet.displayName());
    }

    @Override
    public String toString() {
        return parameterSet.displayName() + " public key";
    }
}

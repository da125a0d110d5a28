package org.symbolon.jca;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Set;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.Template;

/** Key pairs of Diffie-Hellman: in the group that is given, or in that of RFC 7919 which the JVM has for the size. */
record DiffieHellmanKeys() implements KeyPairAlgorithm {
    private static final int DEFAULT_BITS = 3072;
    private static final Set<Integer> SIZES = Set.of(2048, 3072, 4096, 6144, 8192);

    @Override
    public Template uses() {
        return Template.of(Attribute.DERIVE, true);
    }

    @Override
    public Mechanism defaultMechanism() {
        return ofSize(DEFAULT_BITS);
    }

    @Override
    public Mechanism ofSize(int bits) {
        if (!SIZES.contains(bits)) {
            throw new InvalidParameterException("Diffie-Hellman keys have 2048, 3072, 4096, 6144 or 8192 bits, not "
                    + bits + "; give a DHParameterSpec for a group of your own");
        }
        return mechanism(group(bits));
    }

    @Override
    public Mechanism ofSpec(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (!(spec instanceof DHParameterSpec group)) {
            throw new InvalidAlgorithmParameterException("Diffie-Hellman takes a DHParameterSpec, not "
                    + spec.getClass().getName());
        }
        return mechanism(group);
    }

    private static Mechanism mechanism(DHParameterSpec group) {
        return Mechanism.DH_PKCS_KEY_PAIR_GEN.of(
                new MechanismParameters.DhKeyPair(unsigned(group.getP()), unsigned(group.getG())));
    }

    /** Returns the group that another provider generates in, which is one of RFC 7919 in the JDK. */
    private static DHParameterSpec group(int bits) {
        for (Provider provider : Security.getProviders("KeyPairGenerator.DH")) {
            try {
                if (!(provider instanceof SymbolonProvider)) {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("DH", provider);
                    generator.initialize(bits);
                    return ((DHPublicKey) generator.generateKeyPair().getPublic()).getParams();
                }
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(provider + " said that it has Diffie-Hellman", e);
            }
        }
        throw new InvalidParameterException(
                "no installed provider knows a group of " + bits + " bits; give a DHParameterSpec");
    }

    private static Bytes unsigned(BigInteger value) {
        byte[] signed = value.toByteArray();
        return Bytes.wrap(signed[0] == 0 ? java.util.Arrays.copyOfRange(signed, 1, signed.length) : signed);
    }
}

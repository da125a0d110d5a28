package org.symbolon.jca;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.symbolon.Attribute;
import org.symbolon.KeyType;
import org.symbolon.Mechanism;
import org.symbolon.MechanismParameters;
import org.symbolon.ParameterSet;
import org.symbolon.Template;

/**
 * Key pairs of ML-DSA, ML-KEM and SLH-DSA, whose sizes are names.
 *
 * @param name the generator's name
 * @param sets the parameter sets that it makes, the default first
 */
record ParameterSets(String name, List<ParameterSet> sets) implements KeyPairAlgorithm {
    static ParameterSets of(String name, ParameterSet first) {
        List<ParameterSet> sets = Arrays.stream(ParameterSet.values())
                .filter(set -> set.keyType().equals(first.keyType()))
                .sorted((a, b) -> Boolean.compare(b == first, a == first))
                .toList();
        return new ParameterSets(name, sets);
    }

    @Override
    public Template uses() {
        return Template.of(type().equals(KeyType.ML_KEM) ? Attribute.DECAPSULATE : Attribute.SIGN, true);
    }

    private KeyType type() {
        return sets.get(0).keyType();
    }

    @Override
    public Mechanism defaultMechanism() {
        return mechanism(sets.get(0));
    }

    private Mechanism mechanism(ParameterSet set) {
        MechanismParameters.ParameterSetKeyPair parameters = new MechanismParameters.ParameterSetKeyPair(set);
        if (type().equals(KeyType.ML_KEM)) {
            return Mechanism.ML_KEM_KEY_PAIR_GEN.of(parameters);
        }
        return (type().equals(KeyType.ML_DSA) ? Mechanism.ML_DSA_KEY_PAIR_GEN : Mechanism.SLH_DSA_KEY_PAIR_GEN)
                .of(parameters);
    }

    @Override
    public Mechanism ofSize(int bits) {
        throw new InvalidParameterException(name + " has parameter sets and no sizes; give a NamedParameterSpec");
    }

    @Override
    public Mechanism ofSpec(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        String wanted = spec instanceof NamedParameterSpec named
                ? named.getName()
                : spec.getClass().getName();
        return ParameterSet.of(wanted)
                .filter(sets::contains)
                .map(this::mechanism)
                .orElseThrow(() ->
                        new InvalidAlgorithmParameterException(name + " has no parameter set " + wanted + "; it has "
                                + sets.stream().map(ParameterSet::displayName).toList()));
    }
}

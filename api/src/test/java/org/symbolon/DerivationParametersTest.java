package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DerivationParametersTest {
    @Test
    void ecdh_ofEachHash_isFoundAgainByItsNumber() {
        Set<Long> numbers = new HashSet<>();
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            DerivationParameters.Ecdh ecdh = DerivationParameters.Ecdh.x963(hash, Bytes.empty(), Bytes.empty());
            assertThat(ecdh.hash()).contains(hash);
            numbers.add(ecdh.kdf());
        }
        assertThat(numbers).hasSize(HashAlgorithm.values().length).doesNotContain(DerivationParameters.CKD_NULL);
        assertThat(new DerivationParameters.Ecdh(Bytes.empty()).hash()).isEmpty();
        assertThat(new DerivationParameters.Ecdh(Bytes.empty()).kdf()).isEqualTo(1);
    }

    @Test
    void parameters_outOfRange_nameParameterValueAndRange() {
        assertThatThrownBy(() -> new DerivationParameters.Hkdf(
                        false, false, HashAlgorithm.SHA_256, Bytes.empty(), Optional.empty(), Bytes.empty()))
                .hasMessage("HKDF extracts, expands, or does both");
        assertThatThrownBy(() -> new DerivationParameters.KdfField.IterationVariable(12, false))
                .hasMessage("bits is a multiple of 8 up to 32, not 12");
        assertThatThrownBy(() -> new DerivationParameters.BitPosition(-1)).hasMessage("bit is 0 to 8191, not -1");
        assertThatThrownBy(() -> new MechanismParameters.Ccm(1, Bytes.wrap(new byte[7]), Bytes.empty(), 5))
                .hasMessage("macBytes is even, not 5");
        assertThatThrownBy(() -> new MechanismParameters.Ccm(1 << 16, Bytes.wrap(new byte[13]), Bytes.empty(), 16))
                .hasMessage("dataBytes is counted in 2 bytes with this nonce, which 65536 is not");
    }

    @Test
    void parameterSet_ofEachNameAndNumber_isFound() {
        for (ParameterSet set : ParameterSet.values()) {
            assertThat(ParameterSet.of(set.displayName().toLowerCase(java.util.Locale.ROOT)))
                    .contains(set);
            assertThat(ParameterSet.of(set.keyType(), set.code())).contains(set);
        }
        assertThat(ParameterSet.of(KeyType.ML_DSA, 4)).isEmpty();
        assertThat(ParameterSet.ML_DSA_65.code()).isEqualTo(2);
    }
}

package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.symbolon.Session;
import org.symbolon.TokenException;

/** Random numbers. */
abstract class RandomContract extends Contract {
    RandomContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @Test
    void random_ofEachLength_hasIt() throws TokenException {
        for (int length : new int[] {0, 1, 31, 4096, 1 << 20}) {
            assertThat(session().random(length)).hasSize(length);
        }
    }

    @Test
    void random_outsideTheBounds_isRefused() {
        for (int length : new int[] {-1, (1 << 20) + 1}) {
            assertThatThrownBy(() -> session().random(length)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void random_twice_differs() throws TokenException {
        assertThat(session().random(32)).isNotEqualTo(session().random(32));
    }

    @Test
    void random_inAPublicSession_isHalfOnes() throws TokenException {
        try (Session anyone = publicSession(token())) {
            int ones = BitSet.valueOf(anyone.random(65_536)).cardinality();
            assertThat(ones).as("of 524288 bits; ten standard deviations").isBetween(262_144 - 3_620, 262_144 + 3_620);
        }
    }

    @Test
    void seedRandom_withAnything_keepsItRandom() throws TokenException {
        try {
            session().seedRandom(new byte[16]);
        } catch (TokenException e) {
            assertThat(e.status().name()).isIn("CKR_RANDOM_SEED_NOT_SUPPORTED", "CKR_FUNCTION_NOT_SUPPORTED");
        }
        assertThat(session().random(32)).isNotEqualTo(session().random(32));
    }
}

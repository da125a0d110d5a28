package org.symbolon.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches with a server that is faster in one way or the other. */
class BatchTrialTest {
    @ParameterizedTest
    @CsvSource({
        "OTHER_SIGN, 1000, 1000, false",
        "OTHER_SIGN, 1000, 950, false",
        "OTHER_SIGN, 1000, 800, true",
        "CURVE_SIGN, 1000, 1000, true",
        "CURVE_SIGN, 1000, 1050, true",
        "CURVE_SIGN, 1000, 2000, false",
        "READ, 1000, 1050, true",
        "READ, 1000, 2000, false"
    })
    void trial_ofAServer_endsWithItsFasterWay(JoinKind kind, long single, long batched, boolean batches) {
        BatchTrial trial = new BatchTrial(kind);
        for (int i = 0; i < BatchTrial.WINDOWS * BatchTrial.WINDOW; i++) {
            trial.count(trial.batches(), trial.batches() ? batched : single, 4);
        }

        assertThat(trial.batches()).isEqualTo(batches);
    }

    @Test
    void calls_withoutOthersBesideThem_doNotCount() {
        BatchTrial trial = new BatchTrial(JoinKind.OTHER_SIGN);
        for (int i = 0; i < 4 * BatchTrial.WINDOWS * BatchTrial.WINDOW; i++) {
            trial.count(false, 1_000, 1);

            assertThat(trial.batches()).isFalse();
        }
    }

    @Test
    void trial_isRepeatedAfterManyCalls() {
        BatchTrial trial = new BatchTrial(JoinKind.OTHER_SIGN);
        for (int i = 0; i < BatchTrial.WINDOWS * BatchTrial.WINDOW; i++) {
            trial.count(trial.batches(), 1_000, 4);
        }
        boolean batched = false;
        for (int i = 0; i < BatchTrial.CALLS_BETWEEN_TRIALS + 2 * BatchTrial.WINDOW; i++) {
            trial.count(trial.batches(), 1_000, 4);
            batched |= trial.batches();
        }

        assertThat(batched).isTrue();
    }
}

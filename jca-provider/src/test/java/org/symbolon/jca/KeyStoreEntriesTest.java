package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.PublicKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which public keys are the same. */
class KeyStoreEntriesTest {
    /** A key of another provider that does not show itself. */
    private static final class BareKey implements PublicKey {
        private static final long serialVersionUID = 1;

        @Override
        public String getAlgorithm() {
            return "SM9";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    @Test
    void isSame_twoKeysWithoutEncoding_areNot() throws Exception {
        PublicKey known = TestKeys.pair("P-256").getPublic();
        assertThat(KeyStoreEntries.isSame(new BareKey(), new BareKey())).isFalse();
        assertThat(KeyStoreEntries.isSame(new BareKey(), known)).isFalse();
        assertThat(KeyStoreEntries.isSame(known, new BareKey())).isFalse();
        assertThat(KeyStoreEntries.isSame(known, known)).isTrue();
    }
}

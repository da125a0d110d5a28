package org.symbolon.soft.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.symbolon.Pin;

/** The parts of a file share one budget of key derivation. */
class DerivationBudgetTest {
    private static final BigInteger MOST = BigInteger.valueOf(DerivationBudget.MAX_ROUNDS);

    @Test
    void rounds_ofManyParts_areBoundedTogether() throws Exception {
        DerivationBudget budget = DerivationBudget.ofFile();
        for (int part = 0; part < 10; part++) {
            assertThat(budget.rounds(MOST)).isEqualTo(DerivationBudget.MAX_ROUNDS);
        }

        assertThatThrownBy(() -> budget.rounds(BigInteger.ONE))
                .isInstanceOf(ForeignFormatException.class)
                .hasMessageContaining("split it");
        assertThatThrownBy(() -> DerivationBudget.ofFile().rounds(MOST.add(BigInteger.ONE)))
                .isInstanceOf(ForeignFormatException.class)
                .hasMessageContaining("rounds of its key derivation");
    }

    @Test
    void key_ofSecondPart_isTakenFromTheSameBudget() throws Exception {
        AlgorithmIdentifier prf = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        KeyDerivationFunc function =
                new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(new byte[16], 60, prf));
        DerivationBudget budget = new DerivationBudget(100);
        try (Pin passphrase = Pin.of("correct horse".toCharArray())) {
            assertThat(PasswordCipher.key(function, passphrase, 256, budget)).hasSize(32);

            assertThatThrownBy(() -> PasswordCipher.key(function, passphrase, 256, budget))
                    .isInstanceOf(ForeignFormatException.class);
        }
    }
}

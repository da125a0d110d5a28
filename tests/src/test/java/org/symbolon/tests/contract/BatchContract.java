package org.symbolon.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.MechanismNotSupportedException;
import org.symbolon.Outcome;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.spi.Request;

/** Several requests at once. */
abstract class BatchContract extends Contract {
    BatchContract(Supplier<? extends TokenFixture> fixtures) {
        super(fixtures);
    }

    @Test
    void performAll_withOneThatFails_doesTheOthers() throws TokenException {
        KeyPairObject pair = p256(session(), Template.label(unique("batch")));
        Bytes data = Bytes.of((byte) 1, (byte) 2);

        List<Outcome<?>> outcomes = session()
                .performAll(List.of(
                        new Request.Sign(pair.privateKey(), Mechanism.ECDSA_SHA256, data),
                        new Request.Sign(pair.privateKey(), Mechanism.SHA256_RSA_PKCS, data),
                        new Request.GetAttributes(pair.publicKey(), Set.of(Attribute.LABEL)),
                        new Request.GenerateRandom(8)));

        assertThat(outcomes).hasSize(4);
        byte[] signature = (byte[]) outcomes.get(0).get();
        assertThat(session().verify(pair.publicKey(), Mechanism.ECDSA_SHA256, data.toByteArray(), signature))
                .isTrue();
        assertThatThrownBy(() -> outcomes.get(1).get())
                .isInstanceOf(MechanismNotSupportedException.class)
                .hasMessageStartingWith("Sign with CKM_SHA256_RSA_PKCS on private key \"")
                .hasMessageContaining("in token \"Contract\": CKR_KEY_TYPE_INCONSISTENT");
        assertThat(((Attributes) outcomes.get(2).get()).get(Attribute.LABEL))
                .isEqualTo(pair.publicKey().label());
        assertThat((byte[]) outcomes.get(3).get()).hasSize(8);
    }

    @Test
    void performAll_ofNothing_givesNothing() {
        assertThat(session().performAll(List.of())).isEmpty();
    }

    @Test
    void performAll_ofAHundredSignatures_keepsTheOrder() throws TokenException {
        KeyPairObject pair = p256(session(), Template.empty());
        List<Request.Sign> requests = IntStream.range(0, 100)
                .mapToObj(i -> new Request.Sign(pair.privateKey(), Mechanism.ECDSA_SHA256, Bytes.of((byte) i)))
                .toList();

        List<Outcome<?>> outcomes = session().performAll(requests);

        assertThat(outcomes).hasSize(100);
        for (int i = 0; i < outcomes.size(); i++) {
            byte[] signature = (byte[]) outcomes.get(i).get();
            assertThat(session().verify(pair.publicKey(), Mechanism.ECDSA_SHA256, new byte[] {(byte) i}, signature))
                    .as("signature %d", i)
                    .isTrue();
        }
    }
}

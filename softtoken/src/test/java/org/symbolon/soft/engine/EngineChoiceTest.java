package org.symbolon.soft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Provider;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineChoiceTest {
    private static List<String> order(EngineChoice choice, Engines engines, String type, String algorithm) {
        return engines.all(choice, type, algorithm).stream()
                .map(Provider::getName)
                .toList();
    }

    @Test
    void parse_anUnknownEngine_saysWhichThereAre() {
        assertThat(EngineChoice.parse("java")).isEqualTo(EngineChoice.JAVA);
        assertThatThrownBy(() -> EngineChoice.parse("openssl"))
                .hasMessage("engine is auto, java, accp, jdk, bc, not openssl");
    }

    @Test
    void order_withoutNativeCode_isOfTheFastestInJava() {
        assertThat(order(EngineChoice.JAVA, Engines.NATIVE_BC_JDK, "Signature", "SHA256withECDSA"))
                .containsExactly("BC", "SunEC");
        assertThat(order(EngineChoice.JAVA, Engines.NATIVE_JDK_BC, "Signature", "SHA256withRSA"))
                .containsExactly("SunRsaSign", "BC");
    }

    @Test
    void order_ofANamedEngine_beginsWithItWhereItHasTheAlgorithm() {
        assertThat(order(EngineChoice.JDK, Engines.NATIVE_BC_JDK, "Signature", "SHA256withECDSA"))
                .startsWith("SunEC");
        assertThat(order(EngineChoice.BC, Engines.NATIVE_JDK_BC, "Cipher", "AES/GCM/NoPadding"))
                .startsWith("BC");
        assertThat(order(EngineChoice.JDK, Engines.JDK_NATIVE_BC, "Cipher", "AES/CCM/NoPadding"))
                .containsExactly("BC");
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.class,
            names = {"AUTO", "JAVA"})
    void trial_ofEachKindOfKey_findsOneOfTheTable(EngineChoice choice) {
        for (EngineTrial trial : List.of(
                new EngineTrial("RSA", "1024", choice),
                new EngineTrial("EC", "secp256r1", choice),
                new EngineTrial("Ed25519", "Ed25519", choice),
                new EngineTrial("AES", "128", choice))) {
            assertThat(trial.fastest()).as(trial.toString()).isPresent().get().isIn(trial.candidates());
        }
    }
}

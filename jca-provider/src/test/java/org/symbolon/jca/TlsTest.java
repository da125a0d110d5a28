package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsTest {
    private static final int LINES_PER_KIND = 6;

    static Stream<Arguments> handshakes() {
        return TlsScenario.KINDS.stream()
                .flatMap(kind -> Stream.of("TLSv1.3", "TLSv1.2")
                        .flatMap(protocol -> Stream.of(
                                Arguments.of(kind, protocol, "SunX509", false),
                                Arguments.of(kind, protocol, "PKIX", false),
                                Arguments.of(kind, protocol, "PKIX", true))));
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void handshake_withTheKeyInAToken_succeeds(String kind, String protocol, String keyManager, boolean mutual)
            throws Exception {
        assertThat(TlsScenario.handshake(kind, protocol, keyManager, mutual))
                .contains(protocol + " CN=" + kind + " 2")
                .endsWith(mutual ? "2 CN=" + kind : " 2");
    }

    @Test
    void handshakesAndKeys_onANewerJdk_doToo(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(List.of(
                        NewerJdk.require().resolve("bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TlsScenario.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        assertThat(lines.stream().filter(line -> line.contains("TLSv1")))
                .hasSize(TlsScenario.KINDS.size() * LINES_PER_KIND);
        assertThat(lines)
                .contains(
                        "parameters of RSA: none",
                        "parameters of EC: NamedCurve",
                        "parameters of Ed25519: NamedParameterSpec",
                        "parameters of X25519: NamedParameterSpec");
    }
}

package org.symbolon.ssh.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ssh-keygen's -V and -O take. */
class CertificateArgumentsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:30Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Athens");

    @ParameterizedTest
    @CsvSource({
        "+8h, 2026-11-22T09:59:00Z to 2026-11-22T18:00:30Z",
        "+1d12h, 2026-11-22T09:59:00Z to 2026-11-23T22:00:30Z",
        "-5m:+1w, 2026-11-22T09:55:30Z to 2026-11-29T10:00:30Z",
        "-4w:+90, 2026-10-25T10:00:30Z to 2026-11-22T10:02:00Z",
        "20260101:20270101, 2025-12-31T22:00:00Z to 2026-12-31T22:00:00Z",
        "20260101Z:202701011530Z, 2026-01-01T00:00:00Z to 2027-01-01T15:30:00Z",
        "20260101120001Z:forever, 2026-01-01T12:00:01Z to forever",
        "0x10:0x20, 1970-01-01T00:00:16Z to 1970-01-01T00:00:32Z",
        "always:forever, always to forever"
    })
    void validity_asSshKeygenTakesIt(String text, String expected) {
        assertThat(CertificateValidity.parse(text, NOW, ZONE)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1d",
                "+",
                "+1y",
                "+1d:",
                "20261301:forever",
                "forever",
                "2026:2027",
                "+2d:+1d",
                "++1d",
                "+1d 2h"
            })
    void validity_anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> CertificateValidity.parse(text, NOW, ZONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void options_inTheirOrder_changeTheDefaults() throws Exception {
        CertificateOptions options = CertificateOptions.parse(List.of(
                "no-pty",
                "No-X11-Forwarding",
                "force-command=/bin/echo a=b",
                "source-address=10.0.0.0/8,::1",
                "verify-required",
                "extension:login@example.com=alice",
                "critical:x@example.com"));

        assertThat(options.critical().keySet())
                .containsExactly("force-command", "source-address", "verify-required", "x@example.com");
        assertThat(options.criticalText("force-command")).contains("/bin/echo a=b");
        assertThat(options.extensions().keySet())
                .containsExactly(
                        "login@example.com", "permit-agent-forwarding", "permit-port-forwarding", "permit-user-rc");
        assertThat(CertificateOptions.parse(List.of("clear", "permit-pty"))
                        .extensions()
                        .keySet())
                .containsExactly("permit-pty");
        assertThat(CertificateOptions.parse(List.of())).isEqualTo(CertificateOptions.userDefaults());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no-",
                "no-shell",
                "force-command=",
                "force-command",
                "source-address=host",
                "source-address=10.0.0.0/99",
                "critical:",
                "extension:a b",
                "permit-all"
            })
    void options_anythingElse_isRefused(String argument) {
        assertThatThrownBy(() -> CertificateOptions.parse(List.of(argument)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

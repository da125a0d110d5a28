package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PinTest {
    @Test
    void of_characters_areUtf8() {
        char[] chars = "pä€𝄞".toCharArray();
        try (Pin pin = Pin.of(chars)) {
            assertThat(pin.toUtf8()).isEqualTo("pä€𝄞".getBytes(StandardCharsets.UTF_8));
            assertThat(pin.toChars()).isEqualTo(chars);
            assertThat(pin.lengthInBytes()).isEqualTo(10);
        }
    }

    @Test
    void of_loneSurrogate_isRefused() {
        assertThatThrownBy(() -> Pin.of('\ud800')).hasMessage("a PIN is text; this one has a lone surrogate");
    }

    @Test
    void of_tooLong_isRefusedWithBothLengths() {
        assertThatThrownBy(() -> Pin.ofUtf8(new byte[256])).hasMessage("a PIN has at most 255 bytes, this one 256");
    }

    @Test
    void toString_anyPin_isRedacted() {
        try (Pin pin = Pin.of("1234".toCharArray())) {
            assertThat(pin).hasToString("Pin[redacted]");
            assertThat(Login.user(pin).toString()).doesNotContain("1234");
        }
    }

    @Test
    void close_twice_leavesAPinThatIsUnusable() {
        Pin pin = Pin.of('1');
        Pin copy = pin.copy();
        pin.close();
        pin.close();
        assertThatThrownBy(pin::toUtf8).isInstanceOf(IllegalStateException.class);
        assertThat(copy.toUtf8()).containsExactly('1');
        copy.close();
    }
}

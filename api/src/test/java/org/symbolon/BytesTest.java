package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void of_arrayChangedLater_keepsItsOwnContent() {
        byte[] array = {1, 2, 3};
        Bytes bytes = Bytes.of(array);
        array[0] = 9;
        bytes.toByteArray()[1] = 9;
        assertThat(bytes.toHex()).isEqualTo("010203");
    }

    @Test
    void toString_longContent_isCut() {
        assertThat(Bytes.wrap(new byte[100])).hasToString("00".repeat(64) + "… (100 bytes)");
    }

    @Test
    void secretBytes_shown_tellOnlyTheirLength() {
        try (SecretBytes secret = SecretBytes.copyOf(new byte[] {0x11, 0x22})) {
            assertThat(secret).hasToString("SecretBytes[2 bytes]");
            assertThat(Attributes.none().with(Attribute.VALUE, secret)).hasToString("{CKA_VALUE=SecretBytes[2 bytes]}");
        }
    }

    @Test
    void secretBytes_closed_areZeroedAndUnusable() {
        byte[] content = {1, 2, 3};
        SecretBytes secret = SecretBytes.takeOver(content);
        secret.close();
        secret.close();
        assertThat(content).containsOnly(0);
        assertThatThrownBy(secret::toByteArray).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void secretBytes_sameContent_areEqualToPlainBytes() {
        try (SecretBytes secret = SecretBytes.copyOf(new byte[] {7})) {
            assertThat(secret).isEqualTo(Bytes.of((byte) 7)).hasSameHashCodeAs(Bytes.of((byte) 7));
        }
    }
}

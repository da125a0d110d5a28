package org.symbolon.soft.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @Test
    void sign_closed_isRefused() {
        SigningKey key = SigningKey.generate();
        assertThat(SigningKey.verify(key.publicKey(), MESSAGE, key.sign(MESSAGE)))
                .isTrue();

        key.close();

        assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> key.seal(TokenKeys.generate(), new UUID(1, 2)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tokenKeys_closed_giveNoKey() {
        TokenKeys keys = TokenKeys.generate();

        keys.close();

        assertThatThrownBy(keys::master).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(keys::tokenKey).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keys.objectKey(new UUID(1, 2), 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keys.indexTag(1, MESSAGE)).isInstanceOf(IllegalStateException.class);
    }
}

package org.symbolon.remote.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.symbolon.Login;
import org.symbolon.Pin;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;

class CredentialTest {
    private static Credential credential() throws TokenException {
        try (Pin pin = Pin.of("1234".toCharArray())) {
            return Credential.of(Login.user(pin), true);
        }
    }

    private static String shown(Credential credential) throws TokenException {
        return new String(credential.pin().orElseThrow(), StandardCharsets.UTF_8);
    }

    @Test
    void refused_aCopy_isRefusedToo() throws Exception {
        try (Credential credential = credential();
                Credential before = credential.copy()) {
            credential.refused(Status.ckr("CKR_PIN_INCORRECT"));
            try (Credential after = credential.copy()) {
                assertThatThrownBy(before::pin).isInstanceOf(TokenAuthenticationException.class);
                assertThatThrownBy(after::pin).isInstanceOf(TokenAuthenticationException.class);
            }
        }
    }

    @Test
    void replace_afterARefusal_letsEveryCopyShowTheNewPin() throws Exception {
        try (Credential credential = credential();
                Credential copy = credential.copy();
                Pin another = Pin.of("5678".toCharArray())) {
            copy.refused(Status.ckr("CKR_PIN_INCORRECT"));
            credential.replace(another);
            assertThat(shown(credential)).isEqualTo("5678");
            assertThat(shown(copy)).isEqualTo("5678");
        }
    }

    @Test
    void close_wipesThePinWithTheLastCopy() throws Exception {
        Credential credential = credential();
        Credential copy = credential.copy();
        credential.close();
        credential.close();
        assertThat(shown(copy)).isEqualTo("1234");
        copy.close();
        assertThatThrownBy(copy::pin).isInstanceOf(IllegalStateException.class);
    }
}

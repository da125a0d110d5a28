package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Mac of ours with keys that are in no token. */
class SoftwareMacTest {
    private static final SecretKey KEY = SoftTokenFixture.soft("HmacSHA256", SoftTokenFixture.bytes(32));

    private SoftTokenFixture token;

    @BeforeEach
    void open() throws Exception {
        token = new SoftTokenFixture();
    }

    @AfterEach
    void close() {
        token.close();
    }

    private static byte[] expected(byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256", "SunJCE");
        mac.init(KEY);
        return mac.doFinal(message);
    }

    @Test
    void keyOfNoToken_afterTheLengthWasAsked_isUsedInSoftware() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256", token.provider());
        assertThat(mac.getMacLength()).isEqualTo(32);

        mac.init(KEY);
        mac.update((byte) 1);
        mac.update(new byte[] {2, 3});
        assertThat(mac.doFinal()).isEqualTo(expected(new byte[] {1, 2, 3}));

        mac.update(new byte[] {9});
        mac.reset();
        assertThat(mac.doFinal(new byte[] {4})).isEqualTo(expected(new byte[] {4}));
    }

    @Test
    void keyOfTheToken_afterOneOfNone_isUsedOnTheToken() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256", token.provider());
        mac.init(KEY);
        mac.update((byte) 1);

        mac.init(token.imported("HmacSHA256", SoftTokenFixture.bytes(32)));

        assertThat(mac.doFinal(new byte[] {4})).isEqualTo(expected(new byte[] {4}));
    }

    @Test
    void noKey_isRefused() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256", token.provider());

        assertThatThrownBy(() -> mac.init(null)).isInstanceOf(InvalidKeyException.class);
    }
}

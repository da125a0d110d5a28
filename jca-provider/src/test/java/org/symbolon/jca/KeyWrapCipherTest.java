package org.symbolon.jca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidKeyException;
import java.security.Key;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.Attribute;
import org.symbolon.Template;
import org.symbolon.key.TokenSecretKey;

/** Keys that wrap keys. */
class KeyWrapCipherTest extends SecretKeyCipherFixture {
    @ParameterizedTest
    @CsvSource({"AES/KW/NoPadding, 32", "AESWrap, 16", "AES/KWP/NoPadding, 24", "AESWrapPad, 16"})
    void keyWrap_goesBothWaysWithTheJdk(String transformation, int bytes) throws Exception {
        TokenSecretKey wrapping = token.imported("AES", AES_KEY, Template.of(Attribute.WRAP, true));
        TokenSecretKey unwrapping = token.imported("AES", AES_KEY, Template.of(Attribute.UNWRAP, true));
        String theirName =
                transformation.replace("AESWrapPad", "AES/KWP/NoPadding").replace("AESWrap", "AES/KW/NoPadding");
        SecretKeySpec content = SoftTokenFixture.soft("AES", SoftTokenFixture.bytes(bytes));
        Cipher theirs = Cipher.getInstance(theirName, "SunJCE");
        theirs.init(Cipher.WRAP_MODE, SoftTokenFixture.soft("AES", AES_KEY));
        byte[] expected = theirs.wrap(content);

        Cipher ours = Cipher.getInstance(transformation);
        ours.init(Cipher.WRAP_MODE, wrapping);
        assertThat(ours.wrap(content)).isEqualTo(expected);
        Template extractable = Template.of(Attribute.ENCRYPT, true).with(Attribute.EXTRACTABLE, true);
        assertThat(ours.wrap(token.imported("AES", content.getEncoded(), extractable)))
                .isEqualTo(expected);

        ours.init(Cipher.UNWRAP_MODE, unwrapping);
        assertThat(ours.unwrap(expected, "AES", Cipher.SECRET_KEY)).isEqualTo(content);
        byte[] damaged = expected.clone();
        damaged[3] ^= 1;
        assertThatThrownBy(() -> ours.unwrap(damaged, "AES", Cipher.SECRET_KEY))
                .isInstanceOf(InvalidKeyException.class);

        ours.init(Cipher.UNWRAP_MODE, unwrapping, TokenUnwrapParameterSpec.of(Template.empty()));
        Key opaque = ours.unwrap(expected, "AES", Cipher.SECRET_KEY);
        assertThat(opaque).isInstanceOf(TokenSecretKey.class);
        assertThat(opaque.getEncoded()).isNull();
        Cipher check = ours("AES/ECB/NoPadding", Cipher.ENCRYPT_MODE, opaque, 0);
        Cipher checked = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
        checked.init(Cipher.ENCRYPT_MODE, content);
        assertThat(check.doFinal(AES_KEY)).isEqualTo(checked.doFinal(AES_KEY));
    }

    @Test
    void gcmWrap_ofASoftKey_isItsEncryption() throws Exception {
        TokenSecretKey key = token.imported("AES", AES_KEY);
        SecretKey content = SoftTokenFixture.soft("AES", SoftTokenFixture.bytes(16));
        Cipher cipher = ours("AES/GCM/NoPadding", Cipher.WRAP_MODE, key, 1);
        byte[] wrapped = cipher.wrap(content);
        assertThat(wrapped)
                .isEqualTo(software("AES/GCM/NoPadding", Cipher.ENCRYPT_MODE, 1).doFinal(content.getEncoded()));
        assertThatThrownBy(() -> cipher.wrap(content)).isInstanceOf(IllegalStateException.class);
        cipher.init(Cipher.UNWRAP_MODE, key, spec("AES/GCM/NoPadding", 1));
        assertThat(cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY)).isEqualTo(content);
        wrapped[0] ^= 1;
        assertThatThrownBy(() -> cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY))
                .isInstanceOf(InvalidKeyException.class);
    }
}

package org.symbolon.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.key.KeyImport.PrivateKeyTemplate;

/** Which private keys go with which public keys. */
class KeyImportTest {
    private static KeyPair pair(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "DH"})
    void template_withThePublicKeyOfAnother_isRefused(String algorithm) throws Exception {
        KeyPair one = pair(algorithm);
        KeyPair other = pair(algorithm);

        try (PrivateKeyTemplate template = PrivateKeyTemplate.of(one.getPrivate(), one.getPublic())) {
            assertThat(template.template().attributes().has(Attribute.KEY_TYPE)).isTrue();
        }
        assertThatThrownBy(() -> PrivateKeyTemplate.of(one.getPrivate(), other.getPublic()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the public key is not that of the " + algorithm + " private key");
    }

    @Test
    void template_withAPublicKeyOfAnotherKind_isRefused() throws Exception {
        KeyPair rsa = pair("RSA");
        KeyPair dh = pair("DH");
        KeyPair ec = KeyPairGenerator.getInstance("EC").generateKeyPair();
        for (KeyPair one : new KeyPair[] {rsa, dh, ec}) {
            for (KeyPair other : new KeyPair[] {rsa, dh, ec}) {
                if (one != other) {
                    assertThatThrownBy(() -> PrivateKeyTemplate.of(one.getPrivate(), other.getPublic()))
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }
}

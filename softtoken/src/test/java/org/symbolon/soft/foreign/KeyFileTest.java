package org.symbolon.soft.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.ObjectClass;
import org.symbolon.Pin;

/** Key files are read as they were written, and refused when they are something else. */
class KeyFileTest {
    private static Pin passphrase() {
        return Pin.of("correct horse".toCharArray());
    }

    private static KeyPair generate(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, new BouncyCastleProvider());
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519", "Ed448", "X25519", "X448", "ML-DSA-65", "ML-KEM-768"})
    void file_ofEachKindOfKey_comesBackFromEveryForm(String algorithm) throws Exception {
        KeyPair pair = generate(algorithm);
        try (KeyFile plain = KeyFile.parse(pair.getPrivate().getEncoded(), Optional.empty())) {
            Attributes key = plain.objects().get(0);
            assertThat(plain.objects()).hasSize(2);
            assertThat(key.get(Attribute.PUBLIC_KEY_INFO))
                    .isEqualTo(Bytes.wrap(pair.getPublic().getEncoded()));
            assertThat(plain.objects().get(1).get(Attribute.CLASS)).isEqualTo(ObjectClass.PUBLIC_KEY);

            byte[] clear = KeyFileWriter.pem("PRIVATE KEY", KeyFileWriter.pkcs8(key));
            assertSame(KeyFile.parse(clear, Optional.empty()), plain);
            byte[] encrypted = KeyFileWriter.encryptedPkcs8(key, passphrase());
            assertSame(KeyFile.parse(encrypted, Optional.of(passphrase())), plain);
            byte[] pem = KeyFileWriter.pem("ENCRYPTED PRIVATE KEY", encrypted);
            assertSame(KeyFile.parse(pem, Optional.of(passphrase())), plain);
            assertThatThrownBy(() -> KeyFile.parse(pem, Optional.empty()))
                    .isInstanceOfSatisfying(
                            ForeignFormatException.class,
                            e -> assertThat(e.passphraseMissing()).isTrue());
        }
    }

    private static void assertSame(KeyFile actual, KeyFile expected) {
        try (actual) {
            assertThat(actual.objects()).isEqualTo(expected.objects());
        }
    }

    @Test
    void pkcs12_ofTheJdk_bringsItsSecretKey() throws Exception {
        byte[] value = new byte[32];
        new Random(1).nextBytes(value);
        byte[] file = keyStore(value);

        try (KeyFile read = KeyFile.parse(file, Optional.of(passphrase()))) {
            Attributes key = read.objects().get(0);
            assertThat(key.get(Attribute.KEY_TYPE)).isEqualTo(KeyType.AES);
            assertThat(key.get(Attribute.LABEL)).isEqualTo("backup key");
            assertThat(key.get(Attribute.VALUE)).isEqualTo(Bytes.of(value));
        }
        assertThatThrownBy(() -> KeyFile.parse(file, Optional.of(Pin.of("another".toCharArray()))))
                .isInstanceOf(ForeignFormatException.class)
                .hasMessage("the passphrase is wrong, or the file is damaged");
    }

    private static byte[] keyStore(byte[] value) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        KeyStore.PasswordProtection protection = new KeyStore.PasswordProtection("correct horse".toCharArray());
        store.setEntry("backup key", new KeyStore.SecretKeyEntry(new SecretKeySpec(value, "AES")), protection);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, "correct horse".toCharArray());
        return out.toByteArray();
    }

    @Test
    void file_changedAnywhere_isReadOrRefusedAndNothingElse() throws Exception {
        byte[] p12 = keyStore(new byte[16]);
        byte[] pkcs8 = generate("EC").getPrivate().getEncoded();
        Random random = new Random(7);
        int refused = 0;
        for (byte[] file : List.of(p12, pkcs8)) {
            for (int i = 0; i < 400; i++) {
                byte[] changed = i % 4 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
                if (changed.length > 0) {
                    // The first bytes are structure; rounds of key derivation stand in the middle.
                    changed[random.nextInt(Math.min(changed.length, 120))] ^= (byte) (1 << random.nextInt(8));
                }
                try (KeyFile read = KeyFile.parse(changed, Optional.of(passphrase()))) {
                    assertThat(read.objects()).isNotNull();
                } catch (ForeignFormatException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(400);
    }

    @Test
    void file_askingForTooManyRounds_isRefusedBeforeAnyIsDone() throws Exception {
        byte[] encrypted = KeyFileWriter.encryptedPkcs8(
                KeyFile.parse(generate("Ed25519").getPrivate().getEncoded(), Optional.empty())
                        .objects()
                        .get(0),
                passphrase());
        byte[] rounds = {0x02, 0x03, 0x09, 0x27, (byte) 0xC0};
        int at = indexOf(encrypted, rounds);
        encrypted[at + 2] = 0x7F;

        assertThatThrownBy(() -> KeyFile.parse(encrypted, Optional.of(passphrase())))
                .isInstanceOf(ForeignFormatException.class)
                .hasMessageContaining("rounds of its key derivation");
    }

    private static int indexOf(byte[] content, byte[] part) {
        for (int i = 0; i + part.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n!!!\n-----END PRIVATE KEY-----",
                "-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: ROT13,00\n\nAAAA\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
            })
    void file_thatIsNoKey_isRefused(String text) {
        assertThatThrownBy(() -> KeyFile.parse(text.getBytes(StandardCharsets.US_ASCII), Optional.of(passphrase())))
                .isInstanceOf(ForeignFormatException.class);
    }

    @Test
    void rawKey_ofAnotherLength_isRefused() {
        assertThatThrownBy(() -> KeyFile.ofSecretKey(new byte[15], KeyType.AES))
                .isInstanceOf(ForeignFormatException.class)
                .hasMessageContaining("15");
    }

    @Test
    void softHsmFile_ofRandomBytes_isReadOrRefusedAndNothingElse() throws Exception {
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            ByteBuffer content = ByteBuffer.allocate(random.nextInt(200));
            random.nextBytes(content.array());
            for (int at = 8; at + 16 <= content.capacity(); at += 25) {
                content.putLong(at, random.nextInt(300)).putLong(at + 8, 1 + random.nextInt(6));
            }
            try {
                assertThat(SoftHsmFile.parse(content, "x.object")).isNotNull();
            } catch (ForeignFormatException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }
}

package org.symbolon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshPublicKeyTest {
    private static final String SK_ED25519 = "sk-ssh-ed25519@openssh.com";

    @ParameterizedTest
    @CsvSource({
        "openssh-rsa.pub, ssh-rsa, SHA256:7zEqU1/V+TiPV3DoS7x1IAIhWxMae7nx1J1nzLGZYe4",
        "openssh-ecdsa-256.pub, ecdsa-sha2-nistp256, SHA256:rqiilgWJ7b5EdoL9WdYelT+eftHw9o5atW/zYmkJZRo",
        "openssh-ecdsa-384.pub, ecdsa-sha2-nistp384, SHA256:cEaR06e1QOnQV2VJoW9kWCCIC9H858RmCptR3l38fDM",
        "openssh-ecdsa-521.pub, ecdsa-sha2-nistp521, SHA256:/FX5PVkwjVseoK8dxa+wl8vVs8LGh1jl8C3kHUlmJck",
        "openssh-ed25519.pub, ssh-ed25519, SHA256:unVQHlVAtr9wOaFwiGkSwOGLa1abTbsYwlPd14jxggM",
    })
    void parse_openSshLine_hasTypeAndFingerprintOfSshKeygen(String file, String type, String fingerprint)
            throws SshFormatException {
        SshPublicKey key = SshPublicKey.parseOpenSshLine(KeyFiles.text(file).strip());

        assertThat(key.type().wireName()).isEqualTo(type);
        assertThat(key.fingerprint()).isEqualTo(fingerprint);
        assertThat(key.id()).hasSize(32);
        assertThat(key).hasToString(type + " " + fingerprint);
        assertThat(key.toOpenSshLine("alice@example " + file.replaceAll("openssh-([a-z0-9]+)[-.].*", "$1")) + "\n")
                .isEqualTo(KeyFiles.text(file));
    }

    @Test
    void parse_rfc4716_isTheSameKeyWithItsComment() throws SshFormatException {
        PublicKeyFile file = PublicKeyFile.parse(KeyFiles.bytes("rfc4716-rsa.pub"));

        assertThat(file.key()).isEqualTo(KeyFiles.open("openssh-rsa.pub"));
        assertThat(file.comment()).isEqualTo("2048-bit RSA, converted by alice@example from OpenSSH");
    }

    @Test
    void parse_rfc4716WithContinuedHeaders_skipsThem() throws SshFormatException {
        String text = KeyFiles.text("rfc4716-rsa.pub")
                .replaceFirst("Comment:.*", "Subject: me\nComment: \"a long \\\\\ncomment: too\"\nx-own: 1");

        PublicKeyFile file = PublicKeyFile.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(file.comment()).isEqualTo("a long comment: too");
        assertThat(file.key()).isEqualTo(KeyFiles.open("openssh-rsa.pub"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs8-rsa", "pkcs8-p521", "pkcs8-ed25519", "sec1-p384"})
    void parse_pemOfOpenSsl_isPrintedBackAsItWas(String name) throws SshFormatException {
        SshPublicKey key = KeyFiles.open(name + ".pub.pem");

        assertThat(key.toPem()).isEqualTo(KeyFiles.text(name + ".pub.pem"));
        assertThat(PublicKeyFile.parse(key.toSubjectPublicKeyInfo()).key()).isEqualTo(key);
    }

    @Test
    void parse_pkcs1PublicKey_isTheKeyOfItsSubjectPublicKeyInfo() throws SshFormatException {
        assertThat(KeyFiles.open("pkcs1-rsa.pub.pem")).isEqualTo(KeyFiles.open("pkcs8-rsa.pub.pem"));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, , ",
        "EC, secp256r1, ",
        "EC, secp384r1, ",
        "EC, secp521r1, ",
        "Ed25519, , ",
        "RSA, , encoded",
        "EC, secp521r1, encoded",
        "Ed25519, , encoded"
    })
    void javaKey_thereAndBack_isTheSame(String algorithm, String curve, String encoded)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (curve != null) {
            AlgorithmParameterSpec spec = new ECGenParameterSpec(curve);
            generator.initialize(spec);
        }
        for (int i = 0; i < (algorithm.equals("RSA") ? 3 : 50); i++) {
            PublicKey made = generator.generateKeyPair().getPublic();
            SshPublicKey key = SshPublicKey.of(encoded == null ? made : new EncodedOnly(made));

            assertThat(key.toPublicKey()).isEqualTo(made);
            assertThat(SshPublicKey.parse(key.blob())).isEqualTo(key).hasSameHashCodeAs(key);
            assertThat(SshPublicKey.parseOpenSshLine(key.toOpenSshLine("x"))).isEqualTo(key);
            assertThat(key.toSubjectPublicKeyInfo()).isEqualTo(made.getEncoded());
            assertThat(KeyFactory.getInstance(algorithm)
                            .generatePublic(new X509EncodedKeySpec(key.toSubjectPublicKeyInfo())))
                    .isEqualTo(made);
        }
    }

    @Test
    void of_keysWithoutSshForm_saysWhy() throws GeneralSecurityException {
        KeyPairGenerator x25519 = KeyPairGenerator.getInstance("X25519");
        KeyPairGenerator ed448 = KeyPairGenerator.getInstance("EdDSA");
        ed448.initialize(NamedParameterSpec.ED448);
        PublicKey agreement = x25519.generateKeyPair().getPublic();
        PublicKey edwards = ed448.generateKeyPair().getPublic();

        assertThatThrownBy(() -> SshPublicKey.of(agreement)).hasMessageContaining("key agreement");
        assertThatThrownBy(() -> SshPublicKey.of(edwards)).hasMessageContaining("Ed448");
    }

    @Test
    void parse_fidoKey_isKeptAsBlobWithoutJavaKey() throws SshFormatException {
        byte[] raw = afterType(KeyFiles.open("openssh-ed25519.pub"));
        byte[] blob =
                new SshWriter().string(SK_ED25519).string(raw).string("ssh:").toByteArray();

        SshPublicKey key = SshPublicKey.parse(blob);

        assertThat(key.type()).isEqualTo(SshKeyType.SK_ED25519);
        assertThat(key.blob()).isEqualTo(blob);
        assertThat(key.type().signatureAlgorithms()).isEmpty();
        assertThat(SshPublicKey.parseOpenSshLine(key.toOpenSshLine(""))).isEqualTo(key);
        assertThatThrownBy(key::toPublicKey).hasMessageContaining("FIDO");
        assertThatThrownBy(key::toPem).hasMessageContaining("FIDO");
    }

    @Test
    void blob_changedByTheCaller_leavesTheKey() throws SshFormatException {
        SshPublicKey key = KeyFiles.open("openssh-ed25519.pub");
        byte[] given = key.blob();
        SshPublicKey copy = SshPublicKey.parse(given);
        given[30] ^= 1;
        key.blob()[30] ^= 1;

        assertThat(copy).isEqualTo(key);
    }

    @Test
    void toOpenSshLine_commentWithLineBreak_isRefused() throws SshFormatException {
        SshPublicKey key = KeyFiles.open("openssh-ed25519.pub");

        for (String comment : List.of("a\nssh-rsa AAAA", "a\rb", "a\0b", "a\u2028b", "a\u0085b")) {
            assertThatIllegalArgumentException().isThrownBy(() -> key.toOpenSshLine(comment));
        }
        assertThat(key.toOpenSshLine("ü \"quoted\"\tand more")).endsWith(" ü \"quoted\"\tand more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521", "ed25519"})
    void parse_everyTruncationAndExtension_isRefused(String name) throws SshFormatException {
        byte[] blob = KeyFiles.open("openssh-" + name + ".pub").blob();

        for (int length = 0; length < blob.length; length++) {
            byte[] cut = Arrays.copyOf(blob, length);
            assertThatThrownBy(() -> SshPublicKey.parse(cut)).isInstanceOf(SshFormatException.class);
        }
        assertThatThrownBy(() -> SshPublicKey.parse(Arrays.copyOf(blob, blob.length + 1)))
                .hasMessageContaining("1 bytes follow its end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecdsa-256", "ed25519"})
    void parse_randomlyChangedBytes_givesAnEqualBlobOrTheOneException(String name) throws SshFormatException {
        byte[] blob = KeyFiles.open("openssh-" + name + ".pub").blob();
        Random random = new Random(42);

        for (int i = 0; i < 5000; i++) {
            byte[] changed = blob.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(SshPublicKey.parse(changed).blob()).isEqualTo(changed);
            } catch (SshFormatException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs8-rsa", "pkcs8-p521", "pkcs8-ed25519"})
    void parseSubjectPublicKeyInfo_anyChangedByte_givesAKeyOrTheOneException(String name) throws SshFormatException {
        byte[] der = KeyFiles.open(name + ".pub.pem").toSubjectPublicKeyInfo();
        int refused = 0;
        for (int i = 0; i < der.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = der.clone();
                changed[i] ^= (byte) (1 << bit);
                try {
                    assertThat(SshPublicKey.parseSubjectPublicKeyInfo(changed).toPublicKey())
                            .isNotNull();
                } catch (SshFormatException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(8 * 20);
    }

    @Test
    void parse_lengthBeyondTheEnd_isRefusedBeforeAllocation() {
        byte[] blob = {(byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 's'};

        assertThatThrownBy(() -> SshPublicKey.parse(blob))
                .hasMessage("SSH key: type says 2147483647 bytes, 1 are left (at 0)")
                .extracting("position")
                .isEqualTo(0);
        assertThatThrownBy(() -> SshPublicKey.parse(new byte[SshPublicKey.MAX_BLOB_BYTES + 1]))
                .hasMessage("SSH key: 65537 bytes, at most 65536 are allowed");
    }

    @Test
    void parse_rsaNumbersThatAreWrong_saysWhich() {
        BigInteger good = BigInteger.TWO.pow(2047).add(BigInteger.ONE);
        BigInteger e = BigInteger.valueOf(65537);

        assertRefused(KeyBlob.rsa(BigInteger.TWO.pow(1022).add(BigInteger.ONE), e), "the modulus has 1023 bits");
        assertRefused(KeyBlob.rsa(BigInteger.TWO.pow(16384).add(BigInteger.ONE), e), "modulus has 16385 bits");
        assertRefused(KeyBlob.rsa(good.add(BigInteger.ONE), e), "modulus is even");
        assertRefused(KeyBlob.rsa(good, BigInteger.ONE), "exponent is even or 1");
        assertRefused(KeyBlob.rsa(good, BigInteger.TWO), "exponent is even or 1");
        assertRefused(KeyBlob.rsa(good, BigInteger.ZERO), "public exponent is zero");
        assertRefused(KeyBlob.rsa(good.negate(), e), "modulus is negative");
        assertRefused(rsa(new byte[] {0, 1, 0, 1}, good.toByteArray()), "public exponent has needless leading zeros");
    }

    @Test
    void parse_pointThatIsWrong_saysWhich() throws SshFormatException {
        SshReader reader =
                KeyBlob.afterType(KeyFiles.open("openssh-ecdsa-256.pub").blob());
        byte[] point = KeyBlob.readPoint(reader, EcCurve.P256);
        byte[] off = point.clone();
        off[64] ^= 1;
        byte[] compressed = Arrays.copyOf(point, 33);
        compressed[0] = 2;

        assertRefused(KeyBlob.ecdsa(EcCurve.P256, off), "not on the curve nistp256");
        assertRefused(KeyBlob.ecdsa(EcCurve.P256, compressed), "not an uncompressed one");
        assertRefused(KeyBlob.ecdsa(EcCurve.P256, new byte[] {0}), "not an uncompressed one");
        assertRefused(KeyBlob.ecdsa(EcCurve.P384, point), "not an uncompressed one of nistp384");
        assertRefused(
                new SshWriter()
                        .string("ecdsa-sha2-nistp256")
                        .string("nistp384")
                        .string(point)
                        .toByteArray(),
                "curve is \"nistp384\" instead of nistp256");
    }

    @Test
    void parse_ed25519PointsThatAreWrong_saysWhich() {
        byte[] identity = new byte[32];
        identity[0] = 1;
        byte[] notCanonical = new byte[32];
        Arrays.fill(notCanonical, (byte) 0xff);
        byte[] two = new byte[32];
        two[0] = 2;

        assertRefused(KeyBlob.ed25519(identity), "small order");
        assertRefused(KeyBlob.ed25519(new byte[32]), "small order");
        assertRefused(
                KeyBlob.ed25519(Base64.getDecoder().decode("JuiVj8KyJ7BFw/SJ8u+Y8NXfrAXTxjM5sTgCiG1T/AU=")),
                "small order");
        assertRefused(KeyBlob.ed25519(notCanonical), "not on Ed25519's curve");
        assertRefused(KeyBlob.ed25519(two), "not on Ed25519's curve");
        assertRefused(KeyBlob.ed25519(new byte[31]), "has 32 bytes, this has 31");
    }

    @Test
    void parse_otherTypes_saysWhich() {
        assertRefused(new SshWriter().string("ssh-dss").toByteArray(), "DSA keys");
        assertRefused(new SshWriter().string("ssh-rsa-cert-v01@openssh.com").toByteArray(), "is a certificate");
        assertRefused(new SshWriter().string("x509v3-ssh-rsa").toByteArray(), "is a certificate");
        assertRefused(new SshWriter().string("ssh-new\"x").toByteArray(), "\"ssh-new?x\" is not supported");
        assertRefused(new SshWriter().string("ssh rsa").toByteArray(), "not a name");
        assertRefused(new SshWriter().string("").toByteArray(), "type is empty");
        assertRefused(new SshWriter().string("a".repeat(65)).toByteArray(), "at most 64");
    }

    @Test
    void publicKeyFile_otherFiles_saysWhich() {
        assertFileRefused("", "it is empty");
        assertFileRefused("# only a comment\n", "known form");
        assertFileRefused(KeyFiles.text("openssh-rsa.pub") + KeyFiles.text("openssh-ed25519.pub"), "2 lines");
        assertFileRefused("no-pty " + KeyFiles.text("openssh-rsa.pub"), "option \"no-pty\"");
        assertFileRefused(KeyFiles.text("openssh-rsa"), "private key");
        assertFileRefused(KeyFiles.text("certificate.pem"), "certificate");
        assertFileRefused(KeyFiles.text("rfc4716-rsa.pub").replace("---- END", ""), "END SSH2");
        assertFileRefused(KeyFiles.text("pkcs8-rsa.pub.pem").replace("-----END", ""), "truncated");
        assertFileRefused("\u0000\u0001\u0002", "known form");
        assertFileRefused("hello", "known form");
        assertFileRefused("ssh-rsa\0AAAA", "control character");
        assertFileRefused("ssh-rsa !!!!", "not base64");
    }

    private static void assertFileRefused(String content, String message) {
        assertThatThrownBy(() -> PublicKeyFile.parse(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining(message);
    }

    private static void assertRefused(byte[] blob, String message) {
        assertThatThrownBy(() -> SshPublicKey.parse(blob))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining(message);
    }

    private static byte[] rsa(byte[] exponent, byte[] modulus) {
        return new SshWriter()
                .string("ssh-rsa")
                .string(exponent)
                .string(modulus)
                .toByteArray();
    }

    private static byte[] afterType(SshPublicKey key) throws SshFormatException {
        return KeyBlob.afterType(key.blob()).string("key", 32);
    }

    /** A key of a class that nobody knows, as providers have them. */
    private record EncodedOnly(PublicKey key) implements PublicKey {
        @Override
        public String getAlgorithm() {
            return key.getAlgorithm();
        }

        @Override
        public String getFormat() {
            return key.getFormat();
        }

        @Override
        public byte[] getEncoded() {
            return key.getEncoded();
        }
    }
}

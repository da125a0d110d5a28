package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyFileTest {
    @ParameterizedTest
    @CsvSource({
        "openssh-rsa, openssh-rsa.pub",
        "openssh-ecdsa-256, openssh-ecdsa-256.pub",
        "openssh-ecdsa-384, openssh-ecdsa-384.pub",
        "openssh-ecdsa-521, openssh-ecdsa-521.pub",
        "openssh-ed25519, openssh-ed25519.pub",
        "pkcs8-rsa.pem, pkcs8-rsa.pub.pem",
        "pkcs8-rsa.pem, pkcs1-rsa.pub.pem",
        "pkcs8-p521.pem, pkcs8-p521.pub.pem",
        "pkcs8-ed25519.pem, pkcs8-ed25519.pub.pem",
        "sec1-p384.pem, sec1-p384.pub.pem",
        "sec1-p384-without-public.pem, sec1-p384.pub.pem",
    })
    void parse_filesOfOpenSshAndOpenSsl_haveTheirPublicKey(String secret, String open) throws SshFormatException {
        PrivateKeyFile file = KeyFiles.secret(secret);

        assertThat(SshPublicKey.of(file.keyPair().getPublic())).isEqualTo(KeyFiles.open(open));
    }

    @Test
    void parse_openSsh_hasTheComment() throws SshFormatException {
        PrivateKeyFile file = KeyFiles.secret("openssh-ed25519");

        assertThat(file.comment()).isEqualTo("alice@example ed25519");
        assertThat(file).hasToString("PrivateKeyFile[EdDSA, alice@example ed25519]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs1-rsa.pem", "sec1-p256-with-parameters.pem", "pkcs8-rsa.pem", "pkcs8-ed25519.pem"})
    void parse_derOfAPemFile_isTheSameKey(String name) throws SshFormatException {
        KeyPair pem = KeyFiles.secret(name).keyPair();
        byte[] der = PemBlock.first(KeyFiles.bytes(name), "test").orElseThrow().content();

        KeyPair pair = PrivateKeyFile.parse(der).keyPair();

        assertThat(pair.getPublic()).isEqualTo(pem.getPublic());
        assertThat(pair.getPrivate()).isEqualTo(pem.getPrivate());
    }

    @Test
    void parse_windowsLineEndsAndTextAround_isRead() throws SshFormatException {
        String text = "\uFEFFBag Attributes: x\r\n"
                + KeyFiles.text("pkcs8-ed25519.pem").replace("\n", "\r\n") + "\r\nmore";

        assertThat(SshPublicKey.of(
                        PrivateKeyFile.parse(text.getBytes(UTF_8)).keyPair().getPublic()))
                .isEqualTo(KeyFiles.open("pkcs8-ed25519.pub.pem"));
    }

    @Test
    void read_file_leavesTheFileAndGivesItsKey(@TempDir Path directory) throws IOException, SshFormatException {
        Path path = Files.write(directory.resolve("key"), KeyFiles.bytes("openssh-ed25519"));

        assertThat(SshPublicKey.of(PrivateKeyFile.read(path).keyPair().getPublic()))
                .isEqualTo(KeyFiles.open("openssh-ed25519.pub"));
        assertThat(Files.readAllBytes(path)).isEqualTo(KeyFiles.bytes("openssh-ed25519"));
    }

    @Test
    void parse_callersArray_isLeftAlone() throws SshFormatException {
        byte[] content = KeyFiles.bytes("openssh-rsa");

        PrivateKeyFile.parse(content);

        assertThat(content).isEqualTo(KeyFiles.bytes("openssh-rsa"));
    }

    @ParameterizedTest
    @CsvSource({
        "openssh-encrypted, 'the key is encrypted (aes256-ctr, bcrypt); make an unencrypted copy with \"cp FILE COPY;"
                + " ssh-keygen -p -N '''' -f COPY\", import it, and delete the copy'",
        "pkcs1-encrypted.pem, the key is encrypted (PEM)",
        "pkcs8-encrypted.pem, the key is encrypted (PKCS #8)",
        "pkcs8-dsa.pem, DSA keys are not supported",
        "traditional-dsa.pem, DSA keys are not supported",
        "pkcs8-ed448.pem, Ed448 keys are not supported",
        "pkcs8-x25519.pem, 'the key is for key agreement (X25519, X448), it cannot sign'",
        "pkcs8-pss.pem, RSASSA-PSS only",
        "sec1-p192.pem, 'the EC curve 1.2.840.10045.3.1.1 is none of P-256, P-384, P-521'",
        "sec1-explicit.pem, 'the EC curve is given by its numbers, not by its name'",
        "pkcs1-rsa-512.pem, 'the modulus has 512 bits, 1024 to 16384 are allowed'",
        "openssh-rsa.pub, this is a public key",
        "rfc4716-rsa.pub, this is a public key",
        "pkcs8-rsa.pub.pem, this is a public key",
        "pkcs1-rsa.pub.pem, this is a public key",
        "certificate.pem, this is a certificate",
    })
    void parse_otherFiles_saysWhich(String name, String message) {
        assertThatThrownBy(() -> KeyFiles.secret(name))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void parse_derOfEncryptedOrPublic_saysWhich() throws SshFormatException {
        byte[] encrypted = PemBlock.first(KeyFiles.bytes("pkcs8-encrypted.pem"), "test")
                .orElseThrow()
                .content();
        byte[] open = KeyFiles.open("pkcs8-rsa.pub.pem").toSubjectPublicKeyInfo();

        assertThatThrownBy(() -> PrivateKeyFile.parse(encrypted)).hasMessageContaining("is encrypted");
        assertThatThrownBy(() -> PrivateKeyFile.parse(open)).hasMessageContaining("public key or a certificate");
    }

    @Test
    void parse_emptyHugeOrStrange_saysWhich() {
        assertRefused("", "it is empty");
        assertRefused(" \n", "it is empty");
        assertRefused("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n", "puttygen");
        assertRefused("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n", "ssh.com's form");
        assertRefused("SSH PRIVATE KEY FILE FORMAT 1.1\n", "SSH 1");
        assertRefused("hello", "no private key in a known form");
        assertRefused("-----BEGIN PGP PRIVATE KEY BLOCK-----\nAAAA\n-----END PGP PRIVATE KEY BLOCK-----", "PGP");
        assertRefused("-----BEGIN PRIVATE KEY-----\n****\n-----END PRIVATE KEY-----", "not base64");
        assertRefused("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", "truncated");
        assertRefused("-----BEGIN PRIVATE KEY", "malformed");
        assertRefused("-----BEGIN EC PARAMETERS-----\nAAAA\n-----END EC PARAMETERS-----", "known form");
        assertThatThrownBy(() -> PrivateKeyFile.parse(new byte[PrivateKeyFile.MAX_FILE_BYTES + 1]))
                .hasMessageContaining("more than 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssh-ed25519", "openssh-ecdsa-256", "pkcs8-ed25519.pem", "sec1-p384.pem"})
    void parse_everyTruncation_isRefused(String name) {
        byte[] content = KeyFiles.bytes(name);
        byte[] binary = decoded(name);

        for (int length = 0; length < content.length - 30; length += 7) {
            byte[] cut = Arrays.copyOf(content, length);
            assertThatThrownBy(() -> PrivateKeyFile.parse(cut)).isInstanceOf(SshFormatException.class);
        }
        for (int length = 0; length < binary.length; length++) {
            byte[] cut = pem(label(name), Arrays.copyOf(binary, length));
            assertThatThrownBy(() -> PrivateKeyFile.parse(cut)).isInstanceOf(SshFormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"openssh-ed25519", "openssh-ecdsa-256", "pkcs8-ed25519.pem", "sec1-p384.pem", "openssh-rsa"})
    void parse_randomlyChangedBytes_neverGivesHalvesThatDoNotFit(String name) {
        byte[] binary = decoded(name);
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] changed = binary.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(PrivateKeyFile.parse(pem(label(name), changed)).keyPair())
                        .isNotNull();
            } catch (SshFormatException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void parse_publicHalfOfAnotherKey_isRefused() throws SshFormatException {
        byte[] binary = decoded("openssh-ed25519");
        byte[] other = KeyFiles.open("pkcs8-ed25519.pub.pem").blob();
        byte[] own = KeyFiles.open("openssh-ed25519.pub").blob();
        int at = new String(binary, ISO_8859_1).indexOf(new String(own, ISO_8859_1));
        System.arraycopy(other, 0, binary, at, other.length);

        assertThatThrownBy(() -> PrivateKeyFile.parse(pem("OPENSSH PRIVATE KEY", binary)))
                .hasMessageContaining("its public key is not that of its private key");
    }

    @ParameterizedTest
    @CsvSource({"sec1-p256-with-parameters.pem, 20", "sec1-p384.pem, 20"})
    void parse_privateNumberOfAnotherKey_isRefused(String name, int inNumber) throws SshFormatException {
        byte[] der = PemBlock.first(KeyFiles.bytes(name), "test").orElseThrow().content();
        der[inNumber] ^= 1;

        assertThatThrownBy(() -> PrivateKeyFile.parse(der))
                .isInstanceOf(SshFormatException.class)
                .hasMessage("private key: its private and public halves do not belong together");
    }

    @Test
    void rsa_privateExponentOfAnotherKey_isRefused() throws SshFormatException {
        RSAPrivateCrtKey key =
                (RSAPrivateCrtKey) KeyFiles.secret("openssh-rsa").keyPair().getPrivate();

        assertThatThrownBy(() -> KeyPairs.rsa(
                        key.getModulus(),
                        key.getPublicExponent(),
                        key.getPrivateExponent().add(BigInteger.TWO),
                        key.getPrimeP(),
                        key.getPrimeQ(),
                        key.getCrtCoefficient()))
                .isInstanceOf(SshFormatException.class)
                .hasMessageStartingWith("private key: ");
        assertThatThrownBy(() -> KeyPairs.rsa(
                        key.getModulus(),
                        key.getPublicExponent(),
                        key.getPrivateExponent(),
                        key.getPrimeP(),
                        key.getPrimeP(),
                        key.getCrtCoefficient()))
                .hasMessage("RSA private key: the modulus is not the product of its primes");
    }

    @Test
    void parse_otherTypeInThePrivateSection_isRefusedWithoutShowingIt() {
        byte[] binary = decoded("openssh-ecdsa-256");
        String text = new String(binary, ISO_8859_1);
        int inPrivate = text.lastIndexOf("ecdsa-sha2-nistp256");
        binary[inPrivate] = 'S';

        assertThatThrownBy(() -> PrivateKeyFile.parse(pem("OPENSSH PRIVATE KEY", binary)))
                .hasMessageContaining("the private section's type is not ecdsa-sha2-nistp256")
                .hasMessageNotContaining("Scdsa");
    }

    @Test
    void parse_fidoKey_saysThatItStaysInTheAuthenticator() throws SshFormatException {
        byte[] raw =
                KeyBlob.afterType(KeyFiles.open("openssh-ed25519.pub").blob()).string("key", 32);
        byte[] blob = new SshWriter()
                .string("sk-ssh-ed25519@openssh.com")
                .string(raw)
                .string("ssh:")
                .toByteArray();
        byte[] body = new SshWriter()
                .string("none")
                .string("none")
                .string("")
                .uint32(1)
                .string(blob)
                .string(new byte[8])
                .toByteArray();
        byte[] magic = "openssh-key-v1\0".getBytes(UTF_8);
        byte[] file = Arrays.copyOf(magic, magic.length + body.length);
        System.arraycopy(body, 0, file, magic.length, body.length);

        assertThatThrownBy(() -> PrivateKeyFile.parse(pem("OPENSSH PRIVATE KEY", file)))
                .hasMessageContaining("is a FIDO key; its private half is in the authenticator");
    }

    private static void assertRefused(String content, String message) {
        assertThatThrownBy(() -> PrivateKeyFile.parse(content.getBytes(UTF_8)))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining(message);
    }

    private static byte[] decoded(String name) {
        return Base64.getMimeDecoder().decode(KeyFiles.text(name).replaceAll("-----[^-]*-----", ""));
    }

    private static String label(String name) {
        String text = KeyFiles.text(name);
        return text.substring("-----BEGIN ".length(), text.indexOf("-----\n"));
    }

    private static byte[] pem(String label, byte[] content) {
        return ("-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + label + "-----\n")
                .getBytes(UTF_8);
    }
}

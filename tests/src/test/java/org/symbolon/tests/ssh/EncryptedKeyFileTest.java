package org.symbolon.tests.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.Pin;
import org.symbolon.ssh.PrivateKeyFile;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.tests.Peer;

/** Private key files that ssh-keygen encrypted are read with their passphrase. */
class EncryptedKeyFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "ed25519, aes256-ctr, 16",
        "ecdsa, aes128-ctr, 1",
        "rsa, aes256-cbc, 3",
        "ed25519, aes192-cbc, 24",
        "ecdsa, aes256-gcm@openssh.com, 2"
    })
    void file_ofSshKeygen_opensWithItsPassphraseOnly(String type, String cipher, String rounds) throws Exception {
        Path file = folder.resolve("key");
        Process keygen = new ProcessBuilder(
                        Peer.require("ssh-keygen", "openssh-client").toString(),
                        "-q",
                        "-t",
                        type,
                        "-Z",
                        cipher,
                        "-a",
                        rounds,
                        "-N",
                        "correct horse",
                        "-f",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keygen.waitFor()).isZero();
        byte[] content = Files.readAllBytes(file);
        String publicKey = Files.readString(folder.resolve("key.pub")).split(" ", -1)[1];

        assertThat(PrivateKeyFile.isEncryptedOpenSsh(content)).isTrue();
        PrivateKeyFile read = PrivateKeyFile.parse(content, Pin.of("correct horse".toCharArray()));
        assertThat(SshPublicKey.of(read.keyPair().getPublic()).toOpenSshLine(""))
                .contains(publicKey);
        assertThatThrownBy(() -> PrivateKeyFile.parse(content, Pin.of("another".toCharArray())))
                .isInstanceOf(SshFormatException.class)
                .hasMessageContaining("the passphrase is wrong");
    }
}

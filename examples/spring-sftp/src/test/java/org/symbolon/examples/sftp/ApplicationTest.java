package org.symbolon.examples.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.symbolon.Session;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.mina.TokenSsh;

/** The application as its README starts it, and a client that sees nothing of it but SFTP. */
class ApplicationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static ConfigurableApplicationContext context;
    private static KeyPair keys;

    @BeforeAll
    static void start() throws Exception {
        context = Application.application()
                .run(
                        "--example.directory=" + directory,
                        "--symbolon.ssh.server.port=0",
                        "--symbolon.ssh.server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=WARN");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        keys = generator.generateKeyPair();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void sftp_asAUserOfTheToken_keepsFilesInTheirFolderUntilTheKeyIsRemoved() throws Exception {
        AuthorizedKeys users = context.getBean(AuthorizedKeys.class);
        SshPublicKey key = SshPublicKey.of(keys.getPublic());
        users.add("alice", key);

        put("alice", "../../hello.txt");
        assertThat(directory.resolve("files/alice/hello.txt")).hasContent("hello");

        users.remove("alice", key);
        assertThatThrownBy(() -> put("alice", "again.txt")).isInstanceOf(SshException.class);
    }

    @Test
    void sftp_asAUserWithAPathForAName_hasNoFiles() throws Exception {
        context.getBean(AuthorizedKeys.class).add("../bob", SshPublicKey.of(keys.getPublic()));

        assertThatThrownBy(() -> put("../bob", "hello.txt")).isInstanceOf(IOException.class);
        assertThat(Files.exists(directory.resolve("bob"))).isFalse();
    }

    private static void put(String user, String file) throws Exception {
        try (SshClient client = TokenSsh.configure(SshClient.setUpDefaultClient())) {
            client.setServerKeyVerifier((session, address, seen) -> isHostKey(seen));
            client.start();
            int port = context.getBean(SshServer.class).getPort();
            try (ClientSession session =
                    client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession()) {
                session.addPublicKeyIdentity(keys);
                session.auth().verify(PATIENCE);
                try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
                    sftp.put(new ByteArrayInputStream(new byte[] {'h', 'e', 'l', 'l', 'o'}), file);
                }
            }
        }
    }

    private static boolean isHostKey(PublicKey seen) {
        try {
            return SshPublicKey.of(seen)
                    .equals(SshPublicKey.of(
                            PublicKeys.of(context.getBean(Session.class).publicKey("ssh-host"))));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}

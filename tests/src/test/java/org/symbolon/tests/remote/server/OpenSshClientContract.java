package org.symbolon.tests.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.tests.Peer;
import org.symbolon.tests.ssh.OpenSshServer;

/** OpenSSH's client logs in to OpenSSH's server with keys of a token that our server serves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
abstract class OpenSshClientContract {
    private Path folder;
    private ServedTokens tokens;
    private OpenSshServer sshd;

    /** Opens a module with an empty slot. */
    abstract TokenModule open() throws TokenException;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        tokens = new ServedTokens(folder, open());
        try (Session session = tokens.session()) {
            // ssh looks the private half up by CKA_ID
            session.generateKeyPair(
                    Mechanism.RSA_PKCS_KEY_PAIR_GEN.modulusBits(2048),
                    Template.label("rsa").id(Bytes.of((byte) 1)));
            session.generateKeyPair(
                    Mechanism.keyPairGen(NamedCurve.P256),
                    Template.label("p256").id(Bytes.of((byte) 2)));
            session.generateKeyPair(
                    Mechanism.keyPairGen(NamedCurve.P521),
                    Template.label("p521").id(Bytes.of((byte) 3)));
        }
        sshd = OpenSshServer.start(folder);
    }

    @AfterAll
    void stop() throws Exception {
        if (sshd != null) {
            sshd.close();
        }
        if (tokens != null) {
            tokens.close();
        }
    }

    /** A program that tells ssh the PIN. */
    private Path askpass() throws Exception {
        Path script = folder.resolve("askpass");
        Files.writeString(script, "#!/bin/sh\nprintf '%s\\n' '" + ServedTokens.pin() + "'\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private void authorize(String label) throws Exception {
        try (Session session = tokens.session()) {
            sshd.authorize(SshPublicKey.of(PublicKeys.of(session.publicKey(label))));
        }
    }

    private void assertLogsIn(Object... options) throws Exception {
        List<Object> command = new ArrayList<>(List.of(Peer.require("ssh", "openssh-client"), "-T"));
        command.addAll(List.of(options));
        for (String option : new String[] {
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "LogLevel=ERROR",
            "IdentityAgent=none",
            "PreferredAuthentications=publickey"
        }) {
            command.addAll(List.of("-o", option));
        }
        command.addAll(List.of("-p", sshd.port(), OpenSshServer.USER + "@127.0.0.1", "echo hello from sshd"));
        String printed = tokens.run(
                Map.of("SSH_ASKPASS", askpass().toString(), "SSH_ASKPASS_REQUIRE", "force"), command.toArray());
        assertThat(printed).as(sshd.log()).endsWith("hello from sshd\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "p256", "p521"})
    void logIn_withAKeyOfTheToken_runsACommand(String label) throws Exception {
        authorize(label);
        assertLogsIn("-F", "none", "-I", ServedTokens.library());
    }

    @Test
    void logIn_withTheLibraryInTheConfiguration_runsACommand() throws Exception {
        authorize("p256");
        Path config = Files.writeString(
                folder.resolve("ssh_config"), "Host *\n    PKCS11Provider " + ServedTokens.library() + "\n");
        assertLogsIn("-F", config);
    }
}

package org.symbolon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.config.SshSelfServiceConfiguration.Namespace;
import org.symbolon.config.SshSelfServiceConfiguration.Right;

class SshSelfServiceConfigurationTest {
    @TempDir
    private Path directory;

    @Test
    void load_everything_isReadAndAllOthersComeLast() throws Exception {
        assertThat(load("""
            tokens:
              vault: {uri: 'empty:'}
            ssh:
              self-service:
                keys-per-user: 20
                certificates-per-user: 5
                bytes-per-user: 65536
                min-rsa-bits: 3072
                openssh: yes
                restricted-logins: yes
                namespaces:
                  '*': {rights: see}
                  ssl: {token: vault, users: [alice, bob], rights: [add, remove]}
                  ssh:
            """))
                .contains(new SshSelfServiceConfiguration(
                        Optional.of(20),
                        Optional.of(5),
                        Optional.of(65536),
                        Optional.of(3072),
                        true,
                        true,
                        List.of(
                                new Namespace(
                                        "ssl",
                                        Set.of("alice", "bob"),
                                        Set.of(Right.ADD, Right.REMOVE),
                                        Optional.of("vault")),
                                new Namespace("ssh", Set.of(), EnumSet.allOf(Right.class), Optional.empty()),
                                new Namespace("*", Set.of(), Set.of(Right.SEE), Optional.empty()))));
    }

    @Test
    void load_notThereOrNotEnabled_isEmpty() throws Exception {
        assertThat(load("ssh: {find-by: id}")).isEmpty();
        assertThat(load("ssh: {self-service: {enabled: no, keys-per-user: 3}}")).isEmpty();
        assertThat(load("ssh: {self-service: {enabled: yes}}").orElseThrow().keysPerUser())
                .isEmpty();
    }

    @Test
    void load_mistakes_areAllNamed() {
        assertThatThrownBy(() -> load("""
            tokens:
              vault: {uri: 'empty:'}
            ssh:
              self-service:
                keys-per-user: 0
                openssh: true
                quota: 1
                namespaces:
                  ssh: {token: vault}
                  ssl: {token: valt, rights: [write]}
            """))
                .hasMessageContaining("keys-per-user is a number from 1 to 100000, not 0")
                .hasMessageContaining("unknown value 'true' of ssh.self-service.openssh; there are no, yes")
                .hasMessageContaining("unknown key 'quota' in ssh.self-service")
                .hasMessageContaining("ssh.self-service.namespaces.ssh.token cannot be")
                .hasMessageContaining("unknown token 'valt' in ssh.self-service.namespaces.ssl.token")
                .hasMessageContaining("unknown right 'write' in ssh.self-service.namespaces.ssl.rights");
    }

    @Test
    void load_othersMayWriteTheFile_isRefused() throws Exception {
        Path file = file("ssh: {self-service: {enabled: yes}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        assertThatThrownBy(() -> Configuration.load(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("chmod go-w");
    }

    private Optional<SshSelfServiceConfiguration> load(String yaml) throws Exception {
        return Configuration.load(file(yaml)).sshSelfService();
    }

    private Path file(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("symbolon.yaml"), yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}

package org.symbolon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Pin;

class SecretReferenceTest {
    @TempDir
    private Path directory;

    private Path secret(String content, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("pin"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void read_file_withoutOneLineEnd() throws Exception {
        for (String content : new String[] {"s3cret", "s3cret\n", "s3cret\r\n"}) {
            SecretReference reference = SecretReference.parse("file:" + secret(content, "rw-------"));
            try (Pin pin = reference.read()) {
                assertThat(pin).as(content).isEqualTo(Pin.of("s3cret".toCharArray()));
            }
        }
        try (Pin pin =
                SecretReference.parse("file:" + secret("a\n\n", "rw-r--r--")).read()) {
            assertThat(pin.lengthInBytes()).isEqualTo(2);
        }
    }

    @Test
    void read_fileThatOthersMayWrite_isRefused() throws Exception {
        Path file = secret("canary", "rw--w----");
        assertThatThrownBy(() -> SecretReference.parse("file:" + file).read())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the secret's file " + file + " may be written by others than its owner; take that away"
                        + " with: chmod go-w " + file);
    }

    @Test
    void read_missingOrLong_isRefused() throws Exception {
        assertThatThrownBy(() ->
                        SecretReference.parse("file:" + directory + "/none").read())
                .hasMessage("the secret's file " + directory + "/none cannot be read: there is no such file");
        Path file = secret("x".repeat(256), "rw-------");
        assertThatThrownBy(() -> SecretReference.parse("file:" + file).read())
                .hasMessage("the secret's file " + file + " has more than 255 bytes");
        try (Pin pin = SecretReference.parse("file:" + secret("x".repeat(255) + "\r\n", "rw-------"))
                .read()) {
            assertThat(pin.lengthInBytes()).isEqualTo(255);
        }
    }

    @Test
    void read_variable_isItsValue() throws Exception {
        Environment environment = new Environment(Map.of("PIN", "päss")::get, name -> null);
        try (Pin pin = new SecretReference.Variable("PIN").read(environment)) {
            assertThat(pin).isEqualTo(Pin.of("päss".toCharArray()));
        }
        assertThatThrownBy(() -> new SecretReference.Variable("OTHER").read(environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the environment variable OTHER is not set");
    }

    @Test
    void parse_secretItself_isRefusedAndNotRepeated() {
        for (String text : new String[] {"canary", "env:", "file:", "", "ENV:canary"}) {
            assertThatThrownBy(() -> SecretReference.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a reference to a secret is env:NAME or file:PATH");
        }
    }

    @Test
    void toString_isTheReference() {
        assertThat(SecretReference.parse("env:X")).hasToString("${env:X}");
        assertThat(SecretReference.parse("file:/a/b")).hasToString("${file:/a/b}");
    }
}

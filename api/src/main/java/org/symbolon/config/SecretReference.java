package org.symbolon.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Pin;

/**
 * Where a secret is, instead of the secret: {@code env:NAME} or {@code file:PATH}.
 *
 * <p>The secret is read when it is used, each time anew, so that one that was changed is noticed. A file is better than
 * a variable: a process hands its variables on to every program that it starts. Immutable and thread-safe.
 */
public sealed interface SecretReference {
    /**
     * Reads the secret.
     *
     * @return the PIN, to be closed by the caller
     * @throws ConfigurationException if it is not there, too long or others could have changed it
     */
    Pin read() throws ConfigurationException;

    /**
     * Parses a reference.
     *
     * @param reference {@code env:NAME} or {@code file:PATH}, without braces
     * @return the reference
     * @throws IllegalArgumentException if it is neither; the message does not repeat it, for it may be a secret
     */
    static SecretReference parse(String reference) {
        if (reference.startsWith("env:") && reference.length() > 4) {
            return new Variable(reference.substring(4));
        }
        if (reference.startsWith("file:") && reference.length() > 5) {
            try {
                return new SecretFile(Path.of(reference.substring(5)));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("the reference to a file has a path that cannot be", e);
            }
        }
        throw new IllegalArgumentException("a reference to a secret is env:NAME or file:PATH");
    }

    /**
     * A secret in an environment variable.
     *
     * @param name the variable's name
     */
    record Variable(String name) implements SecretReference {
        @Override
        public Pin read() throws ConfigurationException {
            return read(Environment.OF_PROCESS);
        }

        Pin read(Environment environment) throws ConfigurationException {
            char[] value = environment
                    .variable(name)
                    .orElseThrow(
                            () -> new ConfigurationException("the environment variable " + name + " is not set", null))
                    .toCharArray();
            try {
                return Pin.of(value);
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException("the environment variable " + name + ": " + e.getMessage(), e);
            } finally {
                Arrays.fill(value, '\0');
            }
        }

        @Override
        public String toString() {
            return "${env:" + name + "}";
        }
    }

    /**
     * A secret in a file, in UTF-8; one line end after it is not part of it.
     *
     * @param path the file, which nobody but its owner may write
     */
    record SecretFile(Path path) implements SecretReference {
        private static final Logger LOG = LoggerFactory.getLogger(SecretReference.class);
        private static final int LINE_END_BYTES = 2;

        @Override
        public Pin read() throws ConfigurationException {
            byte[] content = new byte[Pin.MAX_BYTES + LINE_END_BYTES + 1];
            try (InputStream in = Files.newInputStream(path)) {
                if (Permissions.othersMayWrite(path)) {
                    throw new ConfigurationException(
                            "the secret's file " + path + " may be written by others than its owner;"
                                    + " take that away with: chmod go-w " + path,
                            null);
                }
                if (Permissions.anyoneMayRead(path)) {
                    LOG.warn("The secret's file {} may be read by everybody on this machine", path);
                }
                int length = withoutLineEnd(content, in.readNBytes(content, 0, content.length));
                if (length > Pin.MAX_BYTES) {
                    throw new ConfigurationException(
                            "the secret's file " + path + " has more than " + Pin.MAX_BYTES + " bytes", null);
                }
                return pin(content, length);
            } catch (IOException e) {
                throw new ConfigurationException("the secret's file " + path + " cannot be read: " + Reason.of(e), e);
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        }

        private static Pin pin(byte[] content, int length) {
            byte[] exact = Arrays.copyOf(content, length);
            try {
                return Pin.ofUtf8(exact);
            } finally {
                Arrays.fill(exact, (byte) 0);
            }
        }

        private static int withoutLineEnd(byte[] content, int length) {
            if (length > 0 && content[length - 1] == '\n') {
                return length > 1 && content[length - 2] == '\r' ? length - 2 : length - 1;
            }
            return length;
        }

        @Override
        public String toString() {
            return "${file:" + path + "}";
        }
    }
}

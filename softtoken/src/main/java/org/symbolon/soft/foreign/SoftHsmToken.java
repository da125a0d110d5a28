package org.symbolon.soft.foreign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.Status;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.soft.object.SecretValues;

/**
 * A token of SoftHSM 2 in its directory of {@code .object} files (store {@code file}), read without SoftHSM.
 *
 * <p>SoftHSM protects nothing in these files against changes but that they decrypt: whoever could write them decided what is
 * read. Nothing is written. Immutable and thread-safe.
 *
 * @param directory the token's directory
 * @param label its label
 * @param serialNumber its serial number
 * @param userKey the token's key, wrapped under the user's PIN; empty if there is none
 */
public record SoftHsmToken(Path directory, String label, String serialNumber, Bytes userKey) {
    private static final String TOKEN_FILE = "token.object";
    private static final long LABEL = 0x80005349L;
    private static final long SERIAL_NUMBER = 0x8000534AL;
    private static final long USER_PIN_BLOB = 0x8000534DL;
    private static final long VENDOR_DEFINED = 0x80000000L;
    private static final long MAX_OBJECTS = 1_000_000;

    /**
     * Returns the tokens in a directory: SoftHSM's {@code directories.tokendir}, or that of one token.
     *
     * @param directory the directory
     * @return the tokens, by the names of their directories
     * @throws ForeignFormatException if a token's file is malformed
     * @throws IOException if the directory cannot be read
     */
    public static List<SoftHsmToken> in(Path directory) throws IOException {
        if (Files.exists(directory.resolve(TOKEN_FILE))) {
            return List.of(read(directory));
        }
        List<Path> candidates;
        try (Stream<Path> entries = Files.list(directory)) {
            candidates = entries.filter(entry -> Files.exists(entry.resolve(TOKEN_FILE)))
                    .sorted()
                    .toList();
        }
        List<SoftHsmToken> tokens = new java.util.ArrayList<>();
        for (Path candidate : candidates) {
            tokens.add(read(candidate));
        }
        return tokens;
    }

    private static SoftHsmToken read(Path directory) throws IOException {
        String label = "";
        String serial = "";
        Bytes userKey = Bytes.empty();
        for (SoftHsmFile.Entry entry : SoftHsmFile.read(directory.resolve(TOKEN_FILE))) {
            if (entry.attribute() == LABEL) {
                label = text(entry);
            } else if (entry.attribute() == SERIAL_NUMBER) {
                serial = text(entry);
            } else if (entry.attribute() == USER_PIN_BLOB) {
                userKey = Bytes.wrap(array(entry.value()));
            }
        }
        return new SoftHsmToken(directory, label, serial, userKey);
    }

    private static String text(SoftHsmFile.Entry entry) {
        return new String(array(entry.value()), StandardCharsets.UTF_8).stripTrailing();
    }

    private static byte[] array(ByteBuffer value) {
        byte[] array = new byte[value.remaining()];
        value.duplicate().get(array);
        return array;
    }

    /**
     * Reads every object.
     *
     * @param userPin the user's PIN
     * @param consumer takes the objects
     * @throws TokenAuthenticationException if the PIN is wrong; SoftHSM counts no tries
     * @throws TokenException if the consumer ends it
     * @throws IOException if the directory cannot be read
     */
    public void read(Pin userPin, ObjectConsumer consumer) throws TokenException, IOException {
        try (SoftHsmKey key = SoftHsmKey.open(userKey.sharedArray(), userPin).orElseThrow(this::refused);
                Stream<Path> entries = Files.list(directory)) {
            List<Path> files = entries.filter(SoftHsmToken::isObject)
                    .limit(MAX_OBJECTS)
                    .sorted()
                    .toList();
            for (Path file : files) {
                read(file, key, consumer);
            }
        }
    }

    private TokenAuthenticationException refused() {
        return new TokenAuthenticationException(
                Status.ckr("CKR_PIN_INCORRECT"),
                "the user PIN of SoftHSM's token \"" + label + "\" is another",
                OptionalInt.empty(),
                null);
    }

    private static boolean isObject(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".object") && !name.equals(TOKEN_FILE);
    }

    private static void read(Path file, SoftHsmKey key, ObjectConsumer consumer) throws TokenException, IOException {
        String name = String.valueOf(file.getFileName());
        Attributes object;
        try {
            object = attributes(SoftHsmFile.read(file), key, name);
        } catch (ForeignFormatException e) {
            consumer.damaged(name, String.valueOf(e.getMessage()));
            return;
        }
        try {
            consumer.object(object);
        } finally {
            SecretValues.wipe(object);
        }
    }

    private static Attributes attributes(List<SoftHsmFile.Entry> entries, SoftHsmKey key, String name)
            throws ForeignFormatException {
        boolean isPrivate = entries.stream()
                .anyMatch(entry -> entry.attribute() == Attribute.PRIVATE.code()
                        && entry.kind() == SoftHsmFile.BOOLEAN
                        && entry.value().get(0) != 0);
        Attributes.Builder builder = Attributes.builder();
        for (SoftHsmFile.Entry entry : entries) {
            if (entry.attribute() >= 0 && entry.attribute() < VENDOR_DEFINED) {
                set(builder, entry, isPrivate ? Optional.of(key) : Optional.empty(), name);
            }
        }
        Attributes object = builder.build();
        if (!object.has(Attribute.CLASS)) {
            throw ForeignFormatException.malformed(name + " has no CKA_CLASS");
        }
        return SecretValues.protect(object);
    }

    private static void set(Attributes.Builder builder, SoftHsmFile.Entry entry, Optional<SoftHsmKey> key, String name)
            throws ForeignFormatException {
        Attribute<?> attribute = Attribute.of(entry.attribute());
        byte[] value = array(entry.value());
        if (entry.kind() == SoftHsmFile.ATTRIBUTES || entry.kind() == SoftHsmFile.MECHANISMS) {
            if (value.length > 0) {
                throw ForeignFormatException.malformed(
                        name + " restricts the key by " + attribute + ", which is not read: import it by hand");
            }
            return;
        }
        if (entry.kind() == SoftHsmFile.BOOLEAN) {
            value[0] = (byte) (value[0] == 0 ? 0 : 1);
        } else if (entry.kind() == SoftHsmFile.BYTES && key.isPresent()) {
            value = key.get()
                    .decrypt(value)
                    .orElseThrow(() -> ForeignFormatException.malformed(
                            name + ": " + attribute + " does not decrypt under the token's key"));
        }
        try {
            builder.setEncoded(attribute, Bytes.wrap(value));
        } catch (IllegalArgumentException e) {
            throw ForeignFormatException.malformed(name + ": " + attribute + " is malformed");
        }
    }
}

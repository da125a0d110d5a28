package org.symbolon.soft.archive;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * What a backup says of its token.
 *
 * @param uuid names it
 * @param label its label
 * @param epoch how often it had been changed
 * @param created when the backup was made
 * @param objects how many objects follow
 */
public record ArchivedToken(UUID uuid, String label, long epoch, Instant created, long objects) {
    private static final int MAX_LABEL_BYTES = 32;

    /** Checks the ranges. */
    public ArchivedToken {
        if (epoch < 0 || objects < 0 || label.isEmpty() || bytes(label).length > MAX_LABEL_BYTES) {
            throw new IllegalArgumentException("a token's label has 1 to 32 bytes and its counters are not negative");
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
        out.writeLong(epoch);
        out.writeLong(created.toEpochMilli());
        out.writeLong(objects);
        out.write(bytes(label));
    }

    static ArchivedToken read(DataInputStream in) throws IOException {
        UUID uuid = new UUID(in.readLong(), in.readLong());
        long epoch = in.readLong();
        Instant created = Instant.ofEpochMilli(in.readLong());
        long objects = in.readLong();
        String label = new String(in.readNBytes(MAX_LABEL_BYTES), StandardCharsets.UTF_8);
        return new ArchivedToken(uuid, label, epoch, created, objects);
    }

    private static byte[] bytes(String label) {
        return label.getBytes(StandardCharsets.UTF_8);
    }
}

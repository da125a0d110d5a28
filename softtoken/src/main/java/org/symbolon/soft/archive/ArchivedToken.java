package org.symbolon.soft.archive;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.symbolon.Bytes;
import org.symbolon.soft.seal.TokenRecord;

/**
 * What a backup says of its token.
 *
 * @param uuid names it
 * @param label its label
 * @param epoch how often it had been changed
 * @param created when the backup was made
 * @param objects how many objects follow
 * @param soMode what its security officer could do, as in its record
 * @param policy its policy, in the words of its database
 */
public record ArchivedToken(
        UUID uuid, String label, long epoch, Instant created, long objects, long soMode, Bytes policy) {
    /** The highest epoch: one that no token comes to by being changed, and from which it still can be. */
    static final long MAX_EPOCH = 1L << 62;

    private static final int MAX_LABEL_BYTES = 32;
    private static final int MAX_POLICY_BYTES = 4096;

    /** Checks the ranges. */
    public ArchivedToken {
        if (epoch < 0 || epoch > MAX_EPOCH) {
            throw new IllegalArgumentException("a token's epoch is from 0 to 2^62");
        }
        if (objects < 0 || label.isEmpty() || bytes(label).length > MAX_LABEL_BYTES) {
            throw new IllegalArgumentException(
                    "a token's label has 1 to 32 bytes and its number of objects is not negative");
        }
        if (soMode != TokenRecord.SO_OPENS_TOKEN && soMode != TokenRecord.SO_SIGNS) {
            throw new IllegalArgumentException(
                    "a token's security officer decrypts or signs; this is neither: " + soMode);
        }
        if (policy.length() > MAX_POLICY_BYTES) {
            throw new IllegalArgumentException("a token's policy has at most " + MAX_POLICY_BYTES + " bytes");
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
        out.writeLong(epoch);
        out.writeLong(created.toEpochMilli());
        out.writeLong(objects);
        out.writeByte((int) soMode);
        out.writeShort(policy.length());
        out.write(policy.toByteArray());
        out.write(bytes(label));
    }

    static ArchivedToken read(DataInputStream in) throws IOException {
        UUID uuid = new UUID(in.readLong(), in.readLong());
        long epoch = in.readLong();
        Instant created = Instant.ofEpochMilli(in.readLong());
        long objects = in.readLong();
        long soMode = in.readUnsignedByte();
        Bytes policy = policy(in);
        String label = new String(in.readNBytes(MAX_LABEL_BYTES), StandardCharsets.UTF_8);
        return new ArchivedToken(uuid, label, epoch, created, objects, soMode, policy);
    }

    private static Bytes policy(DataInputStream in) throws IOException {
        byte[] policy = new byte[in.readUnsignedShort()];
        in.readFully(policy);
        return Bytes.wrap(policy);
    }

    private static byte[] bytes(String label) {
        return label.getBytes(StandardCharsets.UTF_8);
    }
}

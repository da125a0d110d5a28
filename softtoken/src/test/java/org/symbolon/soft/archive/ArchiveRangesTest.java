package org.symbolon.soft.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.Pin;
import org.symbolon.soft.seal.Argon2id;

/** A backup has no counter that the token could not count on from. */
class ArchiveRangesTest {
    private static final UUID UID = new UUID(1, 2);
    private static final Argon2id KDF = new Argon2id(Argon2id.MIN_MEMORY_KIB, Argon2id.MIN_PASSES, 1);

    private static Pin passphrase() {
        return Pin.of("correct horse battery".toCharArray());
    }

    private static ArchivedToken token(long epoch) {
        return new ArchivedToken(UID, "Team", epoch, Instant.EPOCH, 1, 1, Bytes.empty());
    }

    private static long versionOfRead(long version) throws IOException {
        Attributes attributes = Attributes.builder()
                .set(Attribute.UNIQUE_ID, UID.toString())
                .set(Attribute.CLASS, ObjectClass.DATA)
                .set(Attribute.TOKEN, true)
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArchiveWriter writer = new ArchiveWriter(out, new ArchiveLock.Passphrase(KDF, passphrase()), token(1))) {
            writer.write(new ArchivedObject(UID, version, attributes));
            writer.finish();
        }
        try (ArchiveReader reader = ArchiveReader.open(
                new ByteArrayInputStream(out.toByteArray()), new ArchiveKey.Passphrase(passphrase()))) {
            return reader.next().orElseThrow().version();
        }
    }

    @Test
    void token_epochThatCannotCountOn_isRefused() {
        assertThat(token(1L << 62).epoch()).isEqualTo(1L << 62);
        assertThatThrownBy(() -> token((1L << 62) + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> token(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void read_objectVersionThatCannotCountOn_isRefused() throws IOException {
        assertThat(versionOfRead(1L << 62)).isEqualTo(1L << 62);
        assertThatThrownBy(() -> versionOfRead((1L << 62) + 1)).isInstanceOf(ArchiveFormatException.class);
        assertThatThrownBy(() -> versionOfRead(0)).isInstanceOf(ArchiveFormatException.class);
    }
}

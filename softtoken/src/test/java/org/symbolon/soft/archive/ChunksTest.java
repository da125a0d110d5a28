package org.symbolon.soft.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.SecretBytes;

/** Chunks give back what was written, whole and in order, or refuse. */
class ChunksTest {
    private static final int SEALED = ChunkCipher.CHUNK_BYTES + ChunkCipher.TAG_BYTES;
    private static final int HEADER = 100;

    private static ChunkCipher cipher(int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return new ChunkCipher(SecretBytes.takeOver(bytes));
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static byte[] seal(int key, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ChunkOutput chunks = new ChunkOutput(out, cipher(key))) {
            chunks.write(content);
            chunks.finish();
        }
        return out.toByteArray();
    }

    private static byte[] open(byte[] sealed) throws IOException {
        try (ChunkInput chunks = new ChunkInput(new ByteArrayInputStream(sealed), cipher(1), HEADER)) {
            return chunks.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
    void chunks_ofAnyLength_giveBackWhatWasWritten(int length) throws IOException {
        byte[] content = content(length);

        assertThat(open(seal(1, content))).isEqualTo(content);
    }

    @Test
    void chunk_withAnyBitChanged_isRefused() throws IOException {
        byte[] sealed = seal(1, content(100));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> open(changed))
                    .isInstanceOf(ArchiveFormatException.class)
                    .hasMessageContaining("chunk 0 (from byte 100)");
        }
    }

    @Test
    void file_cutOffAnywhere_isRefused() throws IOException {
        byte[] sealed = seal(1, content(2 * 65_536 + 50));
        for (int length = 0; length < sealed.length; length += 997) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> open(cut)).isInstanceOf(ArchiveFormatException.class);
        }
        assertThatThrownBy(() -> open(Arrays.copyOf(sealed, SEALED)))
                .hasMessage("the backup was truncated: chunk 0 (from byte 100) is whole and not the last one");
        assertThatThrownBy(() -> open(Arrays.copyOf(sealed, SEALED + 3)))
                .hasMessage("the backup was truncated: it ends before chunk 1 (from byte 65652)");
    }

    @Test
    void chunks_swappedRepeatedOrDropped_areRefused() throws IOException {
        byte[] sealed = seal(1, content(3 * 65_536 + 50));
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, SEALED, swapped, 0, SEALED);
        System.arraycopy(sealed, 0, swapped, SEALED, SEALED);
        byte[] repeated = sealed.clone();
        System.arraycopy(sealed, 0, repeated, SEALED, SEALED);
        byte[] dropped = Arrays.copyOfRange(sealed, SEALED, sealed.length);

        assertThatThrownBy(() -> open(swapped)).hasMessageContaining("chunk 0 (from byte 100) is not what was written");
        assertThatThrownBy(() -> open(repeated)).hasMessageContaining("chunk 1 (from byte 65652) is not what");
        assertThatThrownBy(() -> open(dropped)).hasMessageContaining("chunk 0");
    }

    @Test
    void chunk_ofAnotherFile_isRefused() throws IOException {
        byte[] spliced = seal(1, content(65_536 + 50));
        byte[] other = seal(2, content(65_536 + 50));
        System.arraycopy(other, SEALED, spliced, SEALED, other.length - SEALED);

        assertThatThrownBy(() -> open(spliced)).hasMessageContaining("chunk 1");
    }

    @Test
    void file_withMoreBehindItsEnd_isRefused() throws IOException {
        byte[] sealed = seal(1, content(65_536));
        assertThat(sealed).hasSize(SEALED);

        assertThatThrownBy(() -> open(Arrays.copyOf(sealed, SEALED + 1)))
                .hasMessageStartingWith("something was appended to the backup: chunk 0");
    }
}

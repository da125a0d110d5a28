package org.symbolon.ssh.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshVectors;
import org.symbolon.ssh.SshWriter;

class KeyRevocationListTest {
    @Test
    void parse_listsOfSshKeygen_areWrittenByteByByte() throws Exception {
        for (JsonNode vector : SshVectors.group("krl")) {
            byte[] bytes = SshVectors.hex(vector, "krl");

            assertThat(KeyRevocationList.parse(bytes).toBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void lines_ofListsOfSshKeygen_areItsListing() throws Exception {
        for (JsonNode vector : SshVectors.group("krl")) {
            List<String> listing = vector.path("listing")
                    .asText()
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();

            assertThat(KeyRevocationList.parse(SshVectors.hex(vector, "krl")).lines())
                    .containsExactlyElementsOf(listing);
        }
    }

    @Test
    void builder_sameEntries_writesTheSame() throws Exception {
        KeyRevocationList read = vector(1);
        SshPublicKey authority = read.certificates().get(0).authority().orElseThrow();
        KeyRevocationListBuilder builder = KeyRevocationList.builder()
                .version(read.version())
                .generated(read.generated())
                .revokeSerials(authority, 100, 200)
                .revokeSerials(authority, 5, 5)
                .revokeKeyId(authority, "stolen-laptop")
                .revokeKey(SshPublicKey.parse(read.keys().first().toByteArray()))
                .revokeSha256(read.sha256Hashes().first());
        for (long serial : new long[] {313, 301, 303, 304, 305, 307, 309, 311}) {
            builder.revokeSerials(authority, serial, serial);
        }

        assertThat(builder.build().toBytes()).isEqualTo(read.toBytes());
    }

    @Test
    void isRevoked_certificateBySerialKeyAuthorityAndId_isTrue() throws Exception {
        SshCertificate certificate =
                SshCertificate.parse(SshVectors.hex(SshVectors.group("cert").get(0), "blob"));
        SshPublicKey other = SshCertificate.parse(
                        SshVectors.hex(SshVectors.group("cert").get(1), "blob"))
                .key();

        assertThat(KeyRevocationList.builder().revoke(certificate).build().isRevoked(certificate))
                .isTrue();
        assertThat(KeyRevocationList.builder()
                        .revokeKeyId(certificate.authority(), "alice@example")
                        .build()
                        .isRevoked(certificate))
                .isTrue();
        assertThat(KeyRevocationList.builder()
                        .revokeKey(certificate.authority())
                        .build()
                        .isRevoked(certificate))
                .isTrue();
        assertThat(KeyRevocationList.builder()
                        .revokeKey(certificate.key())
                        .build()
                        .isRevoked(certificate))
                .isTrue();
        assertThat(KeyRevocationList.builder()
                        .revokeSha256(Bytes.wrap(certificate.key().id()))
                        .build()
                        .isRevoked(certificate))
                .isTrue();
        assertThat(KeyRevocationList.builder()
                        .revokeSerials(other, 1, -1)
                        .revokeSerials(certificate.authority(), 43, -1)
                        .revokeSerials(certificate.authority(), 1, 41)
                        .revokeKeyId(certificate.authority(), "alice")
                        .build()
                        .isRevoked(certificate))
                .isFalse();
    }

    @Test
    void parse_anyPrefix_isRefusedOrHasLess() {
        byte[] bytes = SshVectors.hex(SshVectors.group("krl").get(1), "krl");
        int whole = 0;
        for (int length = 0; length < bytes.length; length++) {
            try {
                KeyRevocationList.parse(Arrays.copyOf(bytes, length));
                whole++;
            } catch (SshFormatException e) {
                assertThat(e).hasMessageStartingWith("Key revocation list");
            }
        }
        assertThat(whole).isEqualTo(3); // after the header and before each section but the first
    }

    @Test
    void parse_signedOrUnknownSections_areRefused() {
        assertThatThrownBy(() -> KeyRevocationList.parse(withSection(4, new byte[0])))
                .hasMessageContaining("it is signed");
        assertThatThrownBy(() -> KeyRevocationList.parse(withSection(9, new byte[0])))
                .hasMessageContaining("section type 9 is not known");
        byte[] critical =
                new SshWriter().string("x@example.com").bool(true).string("").toByteArray();
        assertThatThrownBy(() -> KeyRevocationList.parse(withSection(255, critical)))
                .hasMessageContaining("the critical extension \"x@example.com\" is not known");
    }

    @Test
    void parse_extensionThatIsNotCritical_isPassedOver() throws Exception {
        byte[] extension =
                new SshWriter().string("x@example.com").bool(false).string("").toByteArray();

        assertThat(KeyRevocationList.parse(withSection(255, extension)).isEmpty())
                .isTrue();
    }

    @Test
    void parse_bitmapBehindTheHighestSerial_isRefused() {
        byte[] bitmap = new SshWriter().uint64(-2).string(new byte[] {7}).toByteArray();
        byte[] section = new SshWriter()
                .string("")
                .string("")
                .octet(KrlWriter.SERIAL_BITMAP)
                .string(bitmap)
                .toByteArray();

        assertThatThrownBy(() -> KeyRevocationList.parse(withSection(1, section)))
                .hasMessageContaining("behind the highest serial");
    }

    @Test
    void serials_atRandom_areReadBack() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            KeyRevocationListBuilder builder = KeyRevocationList.builder();
            List<SerialRanges.Range> ranges = new ArrayList<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                long low = random.nextBoolean() ? 1 + random.nextInt(2000) : random.nextLong();
                long high = low + random.nextInt(3) * (long) random.nextInt(100);
                if (low != 0 && Long.compareUnsigned(low, high) <= 0) {
                    ranges.add(new SerialRanges.Range(low, high));
                    builder.serials(Optional.empty(), new SerialRanges.Range(low, high));
                }
            }
            KeyRevocationList read = KeyRevocationList.parse(builder.build().toBytes());
            if (!ranges.isEmpty()) {
                assertThat(read.certificates().get(0).serials()).isEqualTo(SerialRanges.of(ranges));
            }
        }
    }

    @Test
    void union_ofLists_hasAllEntries() throws Exception {
        KeyRevocationList both = KeyRevocationList.union(List.of(vector(0), vector(1)));

        assertThat(both.lines()).containsExactlyElementsOf(vector(1).lines());
        assertThat(both.version()).isEqualTo(4);
    }

    private static byte[] withSection(int type, byte[] content) {
        byte[] header = HexFormat.of()
                .parseHex("5353484b524c0a000000000100000000000000010000000000000000000000000000000000000000"
                        + "00000000");
        return new SshWriter().raw(header).octet(type).string(content).toByteArray();
    }

    private static KeyRevocationList vector(int index) throws SshFormatException {
        return KeyRevocationList.parse(SshVectors.hex(SshVectors.group("krl").get(index), "krl"));
    }
}

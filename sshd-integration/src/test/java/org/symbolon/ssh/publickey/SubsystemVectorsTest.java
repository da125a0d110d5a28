package org.symbolon.ssh.publickey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshVectors;
import org.symbolon.ssh.SshWriter;

/** Messages of libssh2 1.10.0, and of RFC 7076's text, byte by byte in both directions. */
class SubsystemVectorsTest {
    static Stream<JsonNode> vectors() {
        return Stream.of("rfc4819", "rfc7076").flatMap(group -> SshVectors.group(group).stream());
    }

    private static SubsystemVersion version(JsonNode vector) {
        return vector.path("id").asText().startsWith("rfc4819") ? SubsystemVersion.RFC4819 : SubsystemVersion.RFC7076;
    }

    private static boolean isVersion(JsonNode vector) {
        return vector.path("what").asText().startsWith("version");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void payload_readAndWritten_isTheSame(JsonNode vector) throws Exception {
        byte[] payload = SshVectors.hex(vector, "payload");

        byte[] written;
        if (isVersion(vector)) {
            written = Dialogue.versionPacket(version(vector));
        } else if (vector.path("dir").asText().equals("client")) {
            Request request = Request.parse(payload, version(vector));
            assertThat(request).isNotInstanceOf(Request.Unknown.class);
            written = request.encode(version(vector));
        } else {
            written = Answer.parse(payload).encode();
        }

        assertThat(written).containsExactly(payload);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void frame_readAndWritten_isTheSame(JsonNode vector) throws Exception {
        byte[] frame = SshVectors.hex(vector, "frame");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Packets packets = new Packets(new ByteArrayInputStream(frame), out);

        byte[] payload = packets.read().orElseThrow();
        packets.write(payload);
        packets.flush();

        assertThat(payload).containsExactly(SshVectors.hex(vector, "payload"));
        assertThat(out.toByteArray()).containsExactly(frame);
        assertThat(packets.read()).isEmpty();
    }

    @Test
    void dialogue_ofLibssh2_isAnsweredAsItUnderstood() throws Exception {
        Subsystem subsystem = new Subsystem(new MemoryStore(), SelfServicePolicy.ofDefaults());
        List<JsonNode> vectors = SshVectors.group("rfc4819");
        byte[][] sent = vectors.stream()
                .filter(vector -> vector.path("dir").asText().equals("client") && !isVersion(vector))
                .map(vector -> SshVectors.hex(vector, "payload"))
                .toArray(byte[][]::new);
        byte[] listed = vectors.stream()
                .filter(vector -> vector.path("what").asText().equals("publickey"))
                .map(vector -> SshVectors.hex(vector, "payload"))
                .findFirst()
                .orElseThrow();

        List<Answer> answers = subsystem.ask(SubsystemVersion.RFC4819, sent);

        assertThat(answers.stream()
                        .filter(Answer.Status.class::isInstance)
                        .map(answer -> ((Answer.Status) answer).code()))
                .as("added, present, overwritten, malformed key, listed, removed, not found")
                .containsExactly(0L, 6L, 0L, 5L, 0L, 0L, 4L);
        assertThat(answers.stream()
                        .filter(Answer.Key.class::isInstance)
                        .map(Answer::encode)
                        .toList())
                .singleElement()
                .isEqualTo(listed);
    }

    @Test
    void client_ofRfc7076_sendsTheVectors() throws Exception {
        List<JsonNode> vectors = SshVectors.group("rfc7076");
        byte[] key = ((Request.Remove) Request.parse(payload(vectors, 7), SubsystemVersion.RFC7076))
                .blob()
                .toByteArray();
        SshWriter answers = new SshWriter().string(Dialogue.versionPacket(SubsystemVersion.RFC7076));
        byte[] done = Answer.Status.of(SubsystemStatus.SUCCESS, "").encode();
        answers.string(payload(vectors, 4))
                .string(done)
                .string(payload(vectors, 6))
                .string(done);
        answers.string(done).string(done);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        PublicKeySubsystemClient client = PublicKeySubsystemClient.open(
                SubsystemVersion.RFC7076, new ByteArrayInputStream(answers.toByteArray()), sent);
        KeyAttribute ssh = KeyAttribute.critical(KeyAttribute.NAMESPACE, "ssh");

        client.certificates(
                Optional.empty(),
                certificate -> assertThat(certificate.namespace()).hasValue("ssl"));
        assertThat(client.namespaces()).containsExactly("ssh");
        client.remove(SshPublicKey.parse(key), List.of(ssh));
        client.list(List.of(ssh), listed -> {});

        SshWriter expected = new SshWriter();
        for (int i : new int[] {0, 3, 5, 7, 8}) {
            expected.raw(SshVectors.hex(vectors.get(i), "frame"));
        }
        assertThat(sent.toByteArray()).containsExactly(expected.toByteArray());
    }

    private static byte[] payload(List<JsonNode> vectors, int index) {
        return SshVectors.hex(vectors.get(index), "payload");
    }
}

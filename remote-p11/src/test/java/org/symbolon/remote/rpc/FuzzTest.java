package org.symbolon.remote.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.symbolon.remote.FuzzSeeds;

/** The fuzz targets on recorded frames that somebody damaged, as many as take a second or two. */
class FuzzTest {
    private static final int CHANGES_OF_EACH = 100;

    private final List<GoldenFrames> frames = GoldenFrames.all();
    private final Random random = new Random(20261121);

    @Test
    void request_damaged_isReadOrRefused() {
        int refused = 0;
        for (GoldenFrames golden : frames) {
            RpcCodec codec = new RpcCodec(golden.dialect());
            for (int i = 0; i < CHANGES_OF_EACH; i++) {
                byte[] data = damaged(golden.request().sharedArray());
                refused += RequestFuzz.tryDecode(codec, data) ? 0 : 1;
            }
            RequestFuzz.fuzzerTestOneInput(damaged(golden.request().sharedArray()));
        }
        assertThat(refused).isBetween(frames.size() * CHANGES_OF_EACH / 10, frames.size() * CHANGES_OF_EACH - 1);
    }

    @Test
    void reply_damaged_isReadOrRefused() {
        int refused = 0;
        for (GoldenFrames golden : frames) {
            RpcCodec codec = new RpcCodec(golden.dialect());
            for (int i = 0; i < CHANGES_OF_EACH; i++) {
                byte[] data = damaged(golden.reply().sharedArray());
                refused += ReplyFuzz.tryDecode(codec, data) ? 0 : 1;
            }
            ReplyFuzz.fuzzerTestOneInput(damaged(golden.reply().sharedArray()));
        }
        assertThat(refused).isBetween(frames.size() * CHANGES_OF_EACH / 10, frames.size() * CHANGES_OF_EACH - 1);
    }

    @Test
    void findings_ofEarlierRuns_areReadOrRefused() throws IOException {
        FuzzSeeds.findings("RequestFuzz").forEach(RequestFuzz::fuzzerTestOneInput);
        FuzzSeeds.findings("ReplyFuzz").forEach(ReplyFuzz::fuzzerTestOneInput);
    }

    /** Changes a bit or a byte, writes a hostile length, cuts the end off, or doubles a part. */
    private byte[] damaged(byte[] body) {
        byte[] damaged = body.clone();
        int at = random.nextInt(damaged.length);
        switch (random.nextInt(5)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[at] = (byte) random.nextInt();
            case 2 -> Arrays.fill(damaged, at, Math.min(damaged.length, at + 4), (byte) random.nextInt());
            case 3 -> damaged = Arrays.copyOf(damaged, at);
            default -> System.arraycopy(body, 0, damaged, at, Math.min(body.length - at, 1 + random.nextInt(16)));
        }
        return damaged;
    }
}

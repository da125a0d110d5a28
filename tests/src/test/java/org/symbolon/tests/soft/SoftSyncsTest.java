package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.tests.Peer;

/** How often SQLite's file is synced to the disk, as strace sees it. */
class SoftSyncsTest {
    private static final int PAIRS = 20;

    @TempDir
    Path folder;

    @Test
    void generateKeyPair_oneAfterTheOther_syncsOnceEach() throws Exception {
        assertThat(syncs(1, PAIRS)).isEqualTo(PAIRS);
    }

    @Test
    void generateKeyPair_byManyThreads_sharesSyncs() throws Exception {
        assertThat(syncs(4, PAIRS / 4)).isBetween(1L, PAIRS - 1L);
    }

    /** Returns how many syncs there are while some threads make so many pairs each. */
    private long syncs(int threads, int each) throws Exception {
        Path trace = folder.resolve("trace");
        List<String> strace = List.of(
                Peer.require("strace", "strace").toString(),
                "-f",
                "--seccomp-bpf",
                "-qq",
                "-e",
                "trace=fsync,fdatasync,write",
                "-e",
                "signal=none",
                "-o",
                trace.toString());
        Process process = Burst.start(strace, folder.resolve("synced.db"), threads, each);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("kept " + (PAIRS + 1) + " of " + (PAIRS + 1));
        List<String> calls = Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
        int begin = first(calls, "\"begin");
        int end = first(calls, "\"end");
        return calls.subList(begin, end).stream()
                .filter(call -> call.contains("fsync(") || call.contains("fdatasync("))
                .count();
    }

    private static int first(List<String> calls, String written) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).contains(written)) {
                return i;
            }
        }
        throw new AssertionError("nothing wrote " + written);
    }
}

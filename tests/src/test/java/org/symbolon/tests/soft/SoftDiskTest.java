package org.symbolon.tests.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

/**
 * Disks that are full and disks that are read-only: small file systems that only the child process sees, in a mount
 * namespace of its own, for which no root is needed where the kernel lets users have one.
 */
class SoftDiskTest {
    @TempDir
    Path folder;

    @Test
    void create_onAFullDisk_isRefusedAndKeepsWhatWasMade() throws Exception {
        String output = burst("mount -t tmpfs -o size=1m tmpfs \"$0\"", folder);

        assertThat(output).contains("CKR_DEVICE_MEMORY").contains("is full");
        assertThat(output).containsPattern("kept (\\d+) of \\1\\b");
    }

    @Test
    void open_inAReadOnlyFolder_saysSo() throws Exception {
        makeToken();

        String output = burst("mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"", folder);

        assertThat(output).contains("refused").containsPattern("its folder");
        SoftTokens.inDatabase(folder.resolve("disk.db")).close();
    }

    @Test
    void login_toAReadOnlyFile_saysSoAndShowsTheToken() throws Exception {
        makeToken();

        String output =
                burst("mount --bind \"$0/disk.db\" \"$0/disk.db\" && mount -o remount,bind,ro \"$0/disk.db\"", folder);

        assertThat(output).contains("tokens 1").contains("CKR_TOKEN_WRITE_PROTECTED");
    }

    private void makeToken() throws Exception {
        try (var module = SoftTokens.inDatabase(folder.resolve("disk.db"))) {
            SoftTokens.make(module, Burst.TOKEN);
        }
    }

    /** Runs a burst after something was mounted. */
    private static String burst(String mount, Path folder) throws IOException, InterruptedException {
        boolean root = System.getProperty("user.name").equals("root");
        List<String> namespace = List.of("unshare", root ? "--mount" : "--map-root-user", "--mount");
        List<Object> probe = new ArrayList<>(namespace);
        probe.add("true");
        Assumptions.assumeTrue(
                Program.run(probe.toArray()).exitCode() == 0, "this machine lets nobody have a mount namespace");
        List<String> runner = new ArrayList<>(namespace);
        runner.addAll(List.of("sh", "-c", mount + " && exec \"$@\"", folder.toString()));
        Process process = Burst.start(runner, folder.resolve("disk.db"), 1, 10_000);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}

package org.symbolon.tests.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.TokenModule;
import org.symbolon.tests.Peer;
import org.symbolon.tests.Program;
import org.symbolon.tests.SoftTokens;

/** {@code symbolon serve --stdio}, started by p11-kit-client.so as it would be by way of ssh. */
class StandardStreamsTest {
    @Test
    void serve_onStandardStreams_endsWithItsClient(@TempDir Path folder) throws Exception {
        Path database = folder.resolve("team.db");
        try (TokenModule module = SoftTokens.inDatabase(database)) {
            SoftTokens.make(module, "Team");
        }
        Path script = folder.resolve("serve");
        Files.writeString(script, """
            #!/bin/sh
            SYMBOLON_CONFIG= XDG_CONFIG_HOME=%s '%s' -XX:TieredStopAtLevel=1 -cp '%s' \\
                org.symbolon.cli.Main serve --stdio --token soft:sqlite:%s
            echo "ended with $?" > '%s'
            """.formatted(
                        folder,
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        database,
                        folder.resolve("end")));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

        Program tool = Program.run(
                folder,
                Map.of("P11_KIT_SERVER_ADDRESS", "|" + script),
                List.of(
                        Peer.require("pkcs11-tool", "opensc"),
                        "--module",
                        ServedTokens.library(),
                        "--token-label",
                        "Team",
                        "--login",
                        "--pin",
                        ServedTokens.pin(),
                        "--keypairgen",
                        "--key-type",
                        "EC:prime256v1",
                        "--label",
                        "piped"));

        assertThat(tool.exitCode()).as(tool.output()).isZero();
        assertThat(tool.output()).contains("Key pair generated");
        assertThat(folder.resolve("end")).hasContent("ended with 0\n");
    }
}

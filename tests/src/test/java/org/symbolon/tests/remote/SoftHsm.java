package org.symbolon.tests.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.symbolon.tests.Peer;

/** A SoftHSM 2 with tokens of its own, in a folder of its own, behind {@code p11-kit remote}. */
public final class SoftHsm implements AutoCloseable {
    private final Path folder;
    private final Path configuration;
    private final Path module = Peer.requireFile(
            "softhsm2",
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"));
    private final Path p11Kit = Peer.require("p11-kit", "p11-kit");

    /** Makes an empty one. */
    public SoftHsm() {
        try {
            this.folder = Files.createTempDirectory("symbolon-softhsm");
            Path tokens = Files.createDirectory(folder.resolve("tokens"));
            this.configuration = Files.writeString(
                    folder.resolve("softhsm2.conf"),
                    "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** What SOFTHSM2_CONF has to name. */
    public Path configuration() {
        return configuration;
    }

    /** The library. */
    public Path module() {
        return module;
    }

    /**
     * Keeps a copy of each token's record, and puts it back where a process was killed while it wrote the record anew, as SoftHSM
     * does at each login: it is left empty then, and the token is gone.
     */
    void repairTokens() throws IOException {
        try (Stream<Path> tokens = Files.list(folder.resolve("tokens"))) {
            for (Path token : tokens.toList()) {
                Path record = token.resolve("token.object");
                Path kept = folder.resolve(token.getFileName() + ".kept");
                boolean whole = Files.exists(record) && Files.size(record) > 0;
                if (whole && (Files.notExists(kept) || Files.size(record) >= Files.size(kept))) {
                    Files.copy(record, kept, StandardCopyOption.REPLACE_EXISTING);
                } else if (Files.exists(kept)) {
                    Files.copy(kept, record, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    Path p11Kit() {
        return p11Kit;
    }

    /** The module in a process for each connection. */
    public String execUri() {
        return "p11:exec:command=env SOFTHSM2_CONF=" + configuration + " " + p11Kit + " remote " + module;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

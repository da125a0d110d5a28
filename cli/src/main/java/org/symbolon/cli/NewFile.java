package org.symbolon.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.symbolon.TokenException;

/** A file that a command writes for its owner alone: all of it, or none is there. */
final class NewFile {
    private NewFile() {}

    /** Writes the content. */
    @FunctionalInterface
    interface Content<T> {
        T write(OutputStream out) throws IOException, TokenException;
    }

    /** Refuses a name that is taken already, before any work is done. */
    static void requireFree(Path file) throws CommandFailure {
        if (Files.exists(file)) {
            throw CommandFailure.usage("there is a file " + file + " already; give another name, or remove it first");
        }
    }

    static <T> T write(Path file, Content<T> content) throws IOException, TokenException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        boolean whole = false;
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                ownerOnly(file.getFileSystem()))) {
            try {
                T result = content.write(Channels.newOutputStream(channel));
                channel.force(true);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                whole = true;
                return result;
            } finally {
                if (!whole) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(FileSystem system) {
        return system.supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}

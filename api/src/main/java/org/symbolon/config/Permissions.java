package org.symbolon.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Who besides its owner may do what with a file. Where a file system has no POSIX permissions, nobody may do anything. */
final class Permissions {
    private Permissions() {}

    static boolean othersMayWrite(Path file) throws IOException {
        Set<PosixFilePermission> permissions = of(file);
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    static boolean anyoneMayRead(Path file) throws IOException {
        return of(file).contains(PosixFilePermission.OTHERS_READ);
    }

    private static Set<PosixFilePermission> of(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null ? Set.of() : view.readAttributes().permissions();
    }
}

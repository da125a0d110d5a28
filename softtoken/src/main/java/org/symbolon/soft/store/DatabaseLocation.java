package org.symbolon.soft.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a database is.
 *
 * @param path the file, absolute and normal; empty for memory
 * @param name what tells one in memory from another; empty for a file
 */
public record DatabaseLocation(String path, String name) {
    /**
     * Returns the location of a file.
     *
     * @param path the file
     * @return the location
     * @throws IllegalArgumentException if the path is one that SQLite's driver cannot take
     */
    public static DatabaseLocation file(Path path) {
        String absolute = real(path.toAbsolutePath().normalize()).toString();
        if (absolute.contains("?") || absolute.contains("\0")) {
            throw new IllegalArgumentException("the path of a database has no ? and no NUL, unlike " + absolute);
        }
        return new DatabaseLocation(absolute, "");
    }

    /**
     * Returns the path without links, so that a file has one location; of a file that is not there yet, its folder's.
     */
    private static Path real(Path absolute) {
        try {
            Path folder = absolute.getParent();
            if (Files.exists(absolute) || folder == null) {
                return absolute.toRealPath();
            }
            return folder.toRealPath().resolve(absolute.getFileName());
        } catch (IOException e) {
            return absolute;
        }
    }

    /**
     * Returns the location of a database in memory.
     *
     * @param name its name
     * @return the location
     */
    public static DatabaseLocation memory(String name) {
        return new DatabaseLocation("", name);
    }

    boolean isMemory() {
        return path.isEmpty();
    }

    @Override
    public String toString() {
        return isMemory() ? "in memory" : path;
    }
}

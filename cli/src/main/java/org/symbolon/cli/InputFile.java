package org.symbolon.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.symbolon.ssh.PublicKeyFile;

/** Files that a command line names; {@code -} is standard input. */
final class InputFile {
    private InputFile() {}

    /** Reads a whole small file, one byte more than the largest that makes sense at most. */
    static byte[] read(Path file, InputStream standardInput) throws IOException {
        return read(file, standardInput, PublicKeyFile.MAX_FILE_BYTES);
    }

    /** Reads a whole file, one byte more than {@code maxBytes} at most. */
    static byte[] read(Path file, InputStream standardInput, int maxBytes) throws IOException {
        if (file.toString().equals("-")) {
            return standardInput.readNBytes(maxBytes + 1);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(maxBytes + 1);
        }
    }

    static String reason(IOException e) {
        String file = e instanceof FileSystemException problem ? problem.getFile() + ": " : "";
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return file + "there is no such file";
        }
        return e instanceof AccessDeniedException ? file + "permission denied" : String.valueOf(e.getMessage());
    }
}

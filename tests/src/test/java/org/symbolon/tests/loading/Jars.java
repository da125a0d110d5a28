package org.symbolon.tests.loading;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The jars and class folders that the tests run with, and how to pack them. */
final class Jars {
    private Jars() {}

    /** The jar or folder that a class comes from. */
    static Path of(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is on the tests' class path, but for the tests themselves. */
    static List<Path> classPath() {
        Path tests = of(Jars.class);
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> Files.exists(entry) && !entry.equals(tests))
                .toList();
    }

    /** Those entries of the class path whose path has one of some words in it. */
    static List<Path> classPathWith(String... words) {
        return classPath().stream()
                .filter(entry -> Arrays.stream(words).anyMatch(entry.toString()::contains))
                .toList();
    }

    /** A jar that was copied for programs that tests start. */
    static Path copied(String artifact) {
        return Path.of(System.getProperty("symbolon.test.jars", "target/jars")).resolve(artifact + ".jar");
    }

    static String joined(List<Path> entries) {
        return String.join(
                File.pathSeparator, entries.stream().map(Path::toString).toList());
    }

    /** Adds an entry that is not compressed, as nested jars have to be. */
    static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** The bytes of an entry of the class path as a jar: itself, or its folder packed. */
    static byte[] bytes(Path entry) throws IOException {
        if (Files.isRegularFile(entry)) {
            return Files.readAllBytes(entry);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            pack(zip, entry, "");
        }
        return out.toByteArray();
    }

    /** Packs a folder below a prefix. */
    static void pack(ZipOutputStream zip, Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                store(zip, prefix + name, Files.readAllBytes(file));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}

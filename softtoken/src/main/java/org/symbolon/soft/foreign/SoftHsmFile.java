package org.symbolon.soft.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The attributes in an {@code .object} file of SoftHSM 2: a generation, then for each attribute its number, the kind of its
 * value and the value, every number in eight bytes, the first the highest (SoftHSM's {@code object_store/ObjectFile.cpp}).
 */
final class SoftHsmFile {
    static final long BOOLEAN = 1;
    static final long NUMBER = 2;
    static final long BYTES = 3;
    static final long ATTRIBUTES = 4;
    static final long MECHANISMS = 5;

    private static final int MAX_FILE_BYTES = 4 << 20;
    private static final int MAX_ATTRIBUTES = 1_000;

    private SoftHsmFile() {}

    /**
     * A value as it stands in the file.
     *
     * @param attribute the attribute's number
     * @param kind the kind of the value
     * @param value one byte, eight bytes, or so many as there are
     */
    record Entry(long attribute, long kind, ByteBuffer value) {}

    static List<Entry> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw ForeignFormatException.malformed(file + " is no file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
            if (content.length > MAX_FILE_BYTES) {
                throw ForeignFormatException.malformed(file + " has more than " + MAX_FILE_BYTES + " bytes");
            }
            return parse(ByteBuffer.wrap(content), file.getFileName().toString());
        }
    }

    /** Returns the attributes of a file's content. */
    static List<Entry> parse(ByteBuffer content, String name) throws ForeignFormatException {
        List<Entry> entries = new ArrayList<>();
        try {
            content.getLong();
            while (content.hasRemaining()) {
                if (entries.size() == MAX_ATTRIBUTES) {
                    throw ForeignFormatException.malformed(name + " has more than " + MAX_ATTRIBUTES + " attributes");
                }
                entries.add(entry(content, name));
            }
            return entries;
        } catch (BufferUnderflowException e) {
            throw ForeignFormatException.malformed(name + " ends in the middle of an attribute");
        }
    }

    private static Entry entry(ByteBuffer content, String name) throws ForeignFormatException {
        int start = content.position();
        long attribute = content.getLong();
        long kind = content.getLong();
        long length;
        if (kind == BOOLEAN) {
            length = 1;
        } else if (kind == NUMBER) {
            length = Long.BYTES;
        } else if (kind == BYTES || kind == ATTRIBUTES) {
            length = content.getLong();
        } else if (kind == MECHANISMS) {
            long count = content.getLong();
            length = count < 0 || count > MAX_FILE_BYTES ? -1 : count * Long.BYTES;
        } else {
            throw ForeignFormatException.malformed(name + ": a value of unknown kind " + kind + " at byte " + start);
        }
        if (length < 0 || length > content.remaining()) {
            throw ForeignFormatException.malformed(name + ": a value is longer than the file, at byte " + start);
        }
        ByteBuffer value = content.slice(content.position(), (int) length);
        content.position(content.position() + (int) length);
        return new Entry(attribute, kind, value);
    }
}

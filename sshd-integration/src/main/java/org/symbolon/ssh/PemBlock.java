package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** One block of a PEM file (RFC 7468, and RFC 1421's headers). Works on bytes only: the content may be secret. */
final class PemBlock {
    private static final int MAX_LABEL_BYTES = 64;
    private static final byte[] BEGIN = "-----BEGIN ".getBytes(ISO_8859_1);
    private static final byte[] END = "-----END ".getBytes(ISO_8859_1);
    private static final byte[] DASHES = "-----".getBytes(ISO_8859_1);

    private final String label;
    private final boolean encrypted;
    private final byte[] content;

    private PemBlock(String label, boolean encrypted, byte[] content) {
        this.label = label;
        this.encrypted = encrypted;
        this.content = content;
    }

    /** What follows BEGIN. */
    String label() {
        return label;
    }

    /** Whether a header {@code Proc-Type: 4,ENCRYPTED} says so. */
    boolean encrypted() {
        return encrypted;
    }

    /** The decoded bytes, not a copy; whoever took the block wipes them. */
    byte[] content() {
        return content;
    }

    /** The first block that is not mere parameters, or empty if there is none. */
    static Optional<PemBlock> first(byte[] file, String what) throws SshFormatException {
        int begin = indexOf(file, BEGIN, 0);
        while (begin >= 0) {
            int labelStart = begin + BEGIN.length;
            int labelEnd = indexOf(file, DASHES, labelStart);
            if (labelEnd < 0 || labelEnd - labelStart > MAX_LABEL_BYTES) {
                throw new SshFormatException(what + ": the line -----BEGIN is malformed", begin);
            }
            String label = new String(file, labelStart, labelEnd - labelStart, ISO_8859_1);
            byte[] endLine = ("-----END " + label + "-----").getBytes(ISO_8859_1);
            int end = indexOf(file, END, labelEnd);
            if (end < 0
                    || !Arrays.equals(
                            file, end, Math.min(file.length, end + endLine.length), endLine, 0, endLine.length)) {
                throw new SshFormatException(
                        what + ": the line -----END " + Text.quoted(label) + "----- is missing, the file is truncated",
                        file.length);
            }
            if (!label.endsWith(" PARAMETERS")) {
                return Optional.of(decode(label, file, labelEnd + DASHES.length, end, what));
            }
            begin = indexOf(file, BEGIN, end);
        }
        return Optional.empty();
    }

    private static PemBlock decode(String label, byte[] file, int start, int end, String what)
            throws SshFormatException {
        int body = start;
        boolean encrypted = false;
        int line = lineAfter(file, start, end);
        while (line < end && hasColon(file, line, end)) {
            encrypted |= contains(file, line, lineAfter(file, line, end), "ENCRYPTED");
            line = lineAfter(file, line, end);
            body = line;
        }
        byte[] text = new byte[end - body];
        int length = 0;
        for (int i = body; i < end; i++) {
            if (file[i] > ' ' || file[i] < 0) {
                text[length++] = file[i];
            }
        }
        byte[] compact = Arrays.copyOf(text, length);
        try {
            return new PemBlock(label, encrypted, Base64.getDecoder().decode(compact));
        } catch (IllegalArgumentException e) {
            throw new SshFormatException(
                    what + ": what follows -----BEGIN " + Text.quoted(label) + "----- is not base64", body);
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(compact, (byte) 0);
        }
    }

    private static int lineAfter(byte[] file, int from, int end) {
        int i = from;
        while (i < end && file[i] != '\n' && file[i] != '\r') {
            i++;
        }
        while (i < end && (file[i] == '\n' || file[i] == '\r')) {
            i++;
        }
        return i;
    }

    private static boolean hasColon(byte[] file, int line, int end) {
        return contains(file, line, lineAfter(file, line, end), ":");
    }

    private static boolean contains(byte[] file, int start, int end, String text) {
        int at = indexOf(file, text.getBytes(ISO_8859_1), start);
        return at >= 0 && at < end;
    }

    private static int indexOf(byte[] file, byte[] text, int from) {
        for (int i = from; i <= file.length - text.length; i++) {
            if (Arrays.equals(file, i, i + text.length, text, 0, text.length)) {
                return i;
            }
        }
        return -1;
    }
}

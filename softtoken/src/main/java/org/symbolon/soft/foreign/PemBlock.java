package org.symbolon.soft.foreign;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A block of a PEM file (RFC 7468), with the encryption header of RFC 1421 where it has one. Bytes only: it may be secret.
 *
 * @param label what follows BEGIN
 * @param encryption the value of its DEK-Info header, such as {@code AES-256-CBC,0123...}; empty if it has none
 * @param content the decoded bytes, which the reader of the file wipes
 */
record PemBlock(String label, String encryption, org.symbolon.SecretBytes content) {
    private static final int MAX_BLOCKS = 1_000;
    private static final int MAX_LABEL_BYTES = 64;
    private static final byte[] BEGIN = ascii("-----BEGIN ");
    private static final byte[] END = ascii("-----END ");
    private static final byte[] DASHES = ascii("-----");
    private static final byte[] DEK_INFO = ascii("DEK-Info:");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static List<PemBlock> all(byte[] file) throws ForeignFormatException {
        List<PemBlock> blocks = new ArrayList<>();
        for (int begin = indexOf(file, BEGIN, 0); begin >= 0; begin = indexOf(file, BEGIN, begin + 1)) {
            int labelEnd = indexOf(file, DASHES, begin + BEGIN.length);
            int end = labelEnd < 0 ? -1 : indexOf(file, END, labelEnd);
            if (end < 0 || labelEnd - begin > BEGIN.length + MAX_LABEL_BYTES || blocks.size() == MAX_BLOCKS) {
                throw ForeignFormatException.malformed("the PEM block that begins at byte " + begin + " has no end");
            }
            String label = text(file, begin + BEGIN.length, labelEnd);
            blocks.add(decode(label, file, labelEnd + DASHES.length, end));
        }
        return blocks;
    }

    private static PemBlock decode(String label, byte[] file, int from, int end) throws ForeignFormatException {
        int info = indexOf(file, DEK_INFO, from);
        String encryption = "";
        int body = from;
        if (info >= 0 && info < end) {
            int line = lineEnd(file, info, end);
            encryption = text(file, info + DEK_INFO.length, line).strip();
            body = line;
        }
        byte[] compact = new byte[end - body];
        int length = 0;
        for (int i = body; i < end; i++) {
            if (file[i] > ' ') {
                compact[length++] = file[i];
            }
        }
        byte[] base64 = Arrays.copyOf(compact, length);
        try {
            return new PemBlock(
                    label,
                    encryption,
                    org.symbolon.SecretBytes.takeOver(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            throw ForeignFormatException.malformed("the PEM block " + label + " is not base64");
        } finally {
            Arrays.fill(compact, (byte) 0);
            Arrays.fill(base64, (byte) 0);
        }
    }

    private static int lineEnd(byte[] file, int from, int end) {
        int i = from;
        while (i < end && file[i] != '\n') {
            i++;
        }
        return i;
    }

    private static String text(byte[] file, int from, int to) {
        return new String(file, from, to - from, StandardCharsets.ISO_8859_1);
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

package org.symbolon.ssh;

import java.util.Locale;

/** The public key file of RFC 4716 section 3. */
final class Rfc4716 {
    private static final String WHAT = "RFC 4716 public key file";
    private static final String BEGIN = "---- BEGIN SSH2 PUBLIC KEY ----";
    private static final String END = "---- END SSH2 PUBLIC KEY ----";
    private static final int MAX_HEADER_CHARS = 1100;

    private Rfc4716() {}

    static PublicKeyFile parse(String text) throws SshFormatException {
        int begin = text.indexOf(BEGIN);
        if (begin < 0) {
            throw new SshFormatException(WHAT + ": the line \"" + BEGIN + "\" is missing", 0);
        }
        int start = begin + BEGIN.length();
        int end = text.indexOf(END, start);
        if (end < 0) {
            throw new SshFormatException(WHAT + ": the line \"" + END + "\" is missing", text.length());
        }
        String comment = "";
        StringBuilder header = new StringBuilder();
        StringBuilder body = new StringBuilder();
        for (String line : text.substring(start, end).lines().toList()) {
            boolean continued = line.endsWith("\\");
            if (header.length() > 0 || (body.length() == 0 && line.indexOf(':') > 0)) {
                header.append(line, 0, continued ? line.length() - 1 : line.length());
                if (header.length() > MAX_HEADER_CHARS) {
                    throw new SshFormatException(WHAT + ": a header has more than " + MAX_HEADER_CHARS + " characters");
                }
                if (!continued) {
                    comment = header.toString().toLowerCase(Locale.ROOT).startsWith("comment:")
                            ? unquoted(header.substring("comment:".length()).strip())
                            : comment;
                    header.setLength(0);
                }
            } else {
                body.append(line.strip());
            }
        }
        return new PublicKeyFile(SshPublicKey.parse(SshPublicKey.base64(body.toString(), WHAT, start)), comment);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}

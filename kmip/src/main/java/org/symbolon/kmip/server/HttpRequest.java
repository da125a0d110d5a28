package org.symbolon.kmip.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The head of a POST in HTTP/1.1 or 1.0 (RFC 9112), read so strictly that no other reader can take its end to be elsewhere: one
 * Content-Length and no Transfer-Encoding, lines that end in CR LF, no line that goes on in the next, no field twice that decides anything.
 *
 * @param target what is asked for
 * @param keepAlive whether another request may follow
 * @param contentLength how long the body is
 * @param contentType the body's type, without parameters, in lower case
 * @param awaitsContinue whether the client sends the body only when it is told to
 */
record HttpRequest(String target, boolean keepAlive, int contentLength, String contentType, boolean awaitsContinue) {
    static final int MAX_HEAD_BYTES = 8192;

    private static final int MAX_FIELDS = 64;
    private static final Pattern LINE = Pattern.compile("([A-Z]{1,16}) ([\\x21-\\x7e]{1,1024}) HTTP/([0-9])\\.([0-9])");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}):[ \\t]*([\\x20-\\x7e\\t]*?)[ \\t]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
    private static final Set<String> ONCE =
            Set.of("content-length", "content-type", "host", "expect", "connection", "transfer-encoding");

    /** Reads a head; the body follows. */
    static HttpRequest read(InputStream input, int maxBodyBytes) throws IOException {
        List<String> lines = List.of(head(input).split("\r\n", -1));
        var first = LINE.matcher(lines.get(0));
        if (!first.matches()) {
            throw new MalformedHttpException(HttpStatus.BAD_REQUEST, "no request line of HTTP");
        }
        if (!first.group(3).equals("1")) {
            throw new MalformedHttpException(HttpStatus.VERSION_NOT_SUPPORTED, "HTTP/1.1 and 1.0 are spoken here");
        }
        if (!first.group(1).equals("POST")) {
            throw new MalformedHttpException(HttpStatus.METHOD_NOT_ALLOWED, "KMIP is sent with POST");
        }
        boolean oneOne = !first.group(4).equals("0");
        Map<String, String> fields = fields(lines.subList(1, lines.size()));
        if (fields.containsKey("transfer-encoding")) {
            throw new MalformedHttpException(
                    HttpStatus.NOT_IMPLEMENTED, "a body has a Content-Length here, and no Transfer-Encoding");
        }
        if (oneOne && !fields.containsKey("host")) {
            throw new MalformedHttpException(HttpStatus.BAD_REQUEST, "the request has no Host");
        }
        String expect = fields.getOrDefault("expect", "").toLowerCase(Locale.ROOT);
        if (!expect.isEmpty() && !expect.equals("100-continue")) {
            throw new MalformedHttpException(
                    HttpStatus.EXPECTATION_FAILED, "nothing but 100-continue is expected here");
        }
        String connection = fields.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        return new HttpRequest(
                first.group(2),
                oneOne ? !connection.contains("close") : connection.contains("keep-alive"),
                length(fields, maxBodyBytes),
                type(fields),
                oneOne && !expect.isEmpty());
    }

    /** Returns everything up to the empty line, without it. */
    private static String head(InputStream input) throws IOException {
        byte[] bytes = new byte[MAX_HEAD_BYTES];
        for (int length = 0; length < bytes.length; ) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException("the client left in the middle of a request");
            }
            bytes[length++] = (byte) next;
            if (next == '\n' && (length < 2 || bytes[length - 2] != '\r')) {
                throw new MalformedHttpException(HttpStatus.BAD_REQUEST, "a line ends in CR LF");
            }
            if (next == '\n' && length >= 4 && bytes[length - 3] == '\n') {
                return new String(bytes, 0, length - 4, StandardCharsets.ISO_8859_1);
            }
        }
        throw new MalformedHttpException(
                HttpStatus.HEADERS_TOO_LARGE, "a request's head has at most " + MAX_HEAD_BYTES + " bytes");
    }

    private static Map<String, String> fields(List<String> lines) throws MalformedHttpException {
        if (lines.size() > MAX_FIELDS) {
            throw new MalformedHttpException(
                    HttpStatus.HEADERS_TOO_LARGE, "a request has at most " + MAX_FIELDS + " fields");
        }
        Map<String, String> fields = new HashMap<>();
        for (String line : lines) {
            var field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new MalformedHttpException(HttpStatus.BAD_REQUEST, "a line of the head is no field");
            }
            String name = field.group(1).toLowerCase(Locale.ROOT);
            if (fields.put(name, field.group(2)) != null && ONCE.contains(name)) {
                throw new MalformedHttpException(HttpStatus.BAD_REQUEST, "the request has two " + name);
            }
        }
        return fields;
    }

    private static int length(Map<String, String> fields, int max) throws MalformedHttpException {
        String length = Optional.ofNullable(fields.get("content-length"))
                .orElseThrow(() ->
                        new MalformedHttpException(HttpStatus.LENGTH_REQUIRED, "the request has no Content-Length"));
        if (!LENGTH.matcher(length).matches()) {
            throw new MalformedHttpException(HttpStatus.BAD_REQUEST, "the Content-Length is no number");
        }
        int bytes = Integer.parseInt(length);
        if (bytes > max) {
            throw new MalformedHttpException(
                    HttpStatus.CONTENT_TOO_LARGE, "the body has " + bytes + " bytes and may have " + max);
        }
        return bytes;
    }

    private static String type(Map<String, String> fields) {
        String type = fields.getOrDefault("content-type", "");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }
}

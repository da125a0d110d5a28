package org.symbolon.kmip.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Ttlv;
import org.symbolon.kmip.ttlv.TtlvDecoder;
import org.symbolon.kmip.ttlv.TtlvEncoder;
import org.symbolon.kmip.ttlv.TtlvJson;
import org.symbolon.kmip.ttlv.TtlvLimits;
import org.symbolon.kmip.ttlv.TtlvXml;
import org.symbolon.serve.ReplyStream;

/**
 * KMIP in HTTP (KMIP Additional Message Encodings 1.0, sections 2 to 4): POST of a request in TTLV, XML or JSON, answered in the same. What
 * is no HTTP, or is for somebody else, gets a status and the end of its connection: where its next request begins is not certain.
 *
 * <p>Thread-safe; one for all clients.
 */
final class HttpDialogue {
    private static final int TEXT_FACTOR = 8; // what XML needs for a byte of TTLV, about

    private final Optional<String> path;
    private final RequestMachine machine;
    private final TtlvLimits limits;

    /** How a message is written. */
    private enum Form {
        TTLV("application/octet-stream"),
        XML("text/xml"),
        JSON("application/json");

        private final String type;

        Form(String type) {
            this.type = type;
        }

        static Form of(String type) throws MalformedHttpException {
            for (Form each : values()) {
                if (each.type.equals(type) || (each == XML && type.equals("application/xml"))) {
                    return each;
                }
            }
            throw new MalformedHttpException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "KMIP is application/octet-stream, text/xml or application/json");
        }
    }

    /**
     * Makes the dialogue.
     *
     * @param path what requests are sent to, such as {@code /kmip}; empty where HTTP is not served
     */
    HttpDialogue(Optional<String> path, RequestMachine machine, TtlvLimits limits) {
        this.path = path;
        this.machine = machine;
        this.limits = limits;
    }

    boolean isServed() {
        return path.isPresent();
    }

    /** Reads a request and answers it. */
    void answer(InputStream input, ReplyStream replies, Caller caller, Runnable works) throws IOException {
        try {
            HttpRequest head = HttpRequest.read(input, limits.maxBytes() * TEXT_FACTOR);
            if (path.filter(served -> served.equals(head.target())).isEmpty()) {
                throw new MalformedHttpException(HttpStatus.NOT_FOUND, "requests are sent to " + path.orElse(""));
            }
            Form form = Form.of(head.contentType());
            if (form == Form.TTLV && head.contentLength() > limits.maxBytes()) {
                throw new MalformedHttpException(
                        HttpStatus.CONTENT_TOO_LARGE, "a request has at most " + limits.maxBytes() + " bytes");
            }
            if (head.awaitsContinue()) {
                replies.write(
                        ("HTTP/1.1 " + HttpStatus.CONTINUE.line() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            byte[] body = input.readNBytes(head.contentLength());
            if (body.length < head.contentLength()) {
                throw new EOFException("the client left in the middle of a request");
            }
            works.run();
            replies.write(reply(HttpStatus.OK, form.type, answered(form, body, caller), head.keepAlive()));
            if (!head.keepAlive()) {
                throw new EOFException("the client wanted one answer");
            }
        } catch (MalformedHttpException e) {
            byte[] text = (e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
            replies.write(reply(e.status(), "text/plain; charset=utf-8", text, false));
            throw e;
        }
    }

    private byte[] answered(Form form, byte[] body, Caller caller) throws IOException {
        byte[] request = body;
        try {
            byte[] response;
            try {
                request = ttlv(form, body);
                response = machine.respond(request, caller);
            } catch (MalformedTtlvException e) {
                response = machine.refuse(e, caller);
            }
            return form == Form.TTLV ? response : text(form, response);
        } finally {
            Arrays.fill(body, (byte) 0);
            Arrays.fill(request, (byte) 0);
        }
    }

    private byte[] ttlv(Form form, byte[] body) throws MalformedTtlvException {
        if (form == Form.TTLV) {
            return body;
        }
        Ttlv item = form == Form.XML ? TtlvXml.decode(body, limits) : TtlvJson.decode(body, limits);
        try {
            return TtlvEncoder.encode(item);
        } finally {
            item.wipe();
        }
    }

    private static byte[] text(Form form, byte[] response) throws MalformedTtlvException {
        Ttlv item = TtlvDecoder.decode(response, TtlvLimits.DEFAULT.withMaxBytes(Math.max(8, response.length)));
        try {
            return form == Form.XML ? TtlvXml.encode(item) : TtlvJson.encode(item);
        } finally {
            item.wipe();
            Arrays.fill(response, (byte) 0);
        }
    }

    private static byte[] reply(HttpStatus status, String type, byte[] body, boolean keepAlive) {
        String head = String.join(
                "\r\n",
                "HTTP/1.1 " + status.line(),
                "Content-Type: " + type,
                "Content-Length: " + body.length,
                "Cache-Control: no-cache",
                "Connection: " + (keepAlive ? "keep-alive" : "close"),
                "",
                "");
        byte[] first = head.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = ByteBuffer.allocate(first.length + body.length)
                .put(first)
                .put(body)
                .array();
        Arrays.fill(body, (byte) 0);
        return whole;
    }
}

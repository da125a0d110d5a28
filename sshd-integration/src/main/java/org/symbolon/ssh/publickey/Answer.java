package org.symbolon.ssh.publickey;

import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.Text;

/** What a server sends: entries of a list, then a status (RFC 4819 sections 3.3 and 4, RFC 7076 section 4). */
sealed interface Answer {
    /** The packet without its length. */
    byte[] encode();

    /** How a request ended; the last packet of each answer. */
    record Status(long code, String description, String language) implements Answer {
        static final String NAME = "status";
        private static final int MAX_TEXT_BYTES = 16_384;
        private static final int MAX_LANGUAGE_BYTES = 255;

        static Status of(SubsystemStatus status, String description) {
            return new Status(status.code(), description, "en");
        }

        @Override
        public byte[] encode() {
            return new SshWriter()
                    .string(NAME)
                    .uint32(code)
                    .string(description)
                    .string(language)
                    .toByteArray();
        }

        private static Status read(SshReader in) throws SshFormatException {
            return new Status(
                    in.uint32("code"), in.text("description", MAX_TEXT_BYTES), in.text("language", MAX_LANGUAGE_BYTES));
        }
    }

    /** A key. */
    record Key(String algorithm, Bytes blob, List<KeyAttribute> attributes) implements Answer {
        static final String NAME = "publickey";

        @Override
        public byte[] encode() {
            SshWriter out = new SshWriter().string(NAME).string(algorithm).string(blob.toByteArray());
            return AttributeBlock.PLAIN.write(attributes, out).toByteArray();
        }
    }

    /** The name of an attribute that the server knows, and whether the administrator puts it on every key. */
    record AttributeName(String name, boolean compulsory) implements Answer {
        static final String NAME = "attribute";

        @Override
        public byte[] encode() {
            return new SshWriter().string(NAME).string(name).bool(compulsory).toByteArray();
        }
    }

    /** A certificate. */
    record Certificate(String format, Bytes blob, List<KeyAttribute> attributes) implements Answer {
        static final String NAME = "certificate";

        @Override
        public byte[] encode() {
            SshWriter out = new SshWriter().string(NAME).string(format).string(blob.toByteArray());
            return AttributeBlock.PLAIN.write(attributes, out).toByteArray();
        }
    }

    /** A namespace. */
    record Namespace(String namespace) implements Answer {
        static final String NAME = "namespace";

        @Override
        public byte[] encode() {
            return new SshWriter().string(NAME).string(namespace).toByteArray();
        }
    }

    /**
     * Reads a packet.
     *
     * @throws SshFormatException if it is malformed, or no server sends such
     */
    static Answer parse(byte[] packet) throws SshFormatException {
        SshReader in = new SshReader(packet, "answer");
        String name = in.text("name", Request.MAX_NAME_BYTES);
        Answer answer = switch (name) {
            case Status.NAME -> Status.read(in);
            case Key.NAME ->
                new Key(
                        in.text("algorithm", Request.MAX_NAME_BYTES),
                        Bytes.wrap(in.string("key", Packets.MAX_PACKET_BYTES)),
                        AttributeBlock.PLAIN.read(in));
            case AttributeName.NAME ->
                new AttributeName(in.name("attribute", KeyAttribute.MAX_NAME_CHARS), in.bool("compulsory"));
            case Certificate.NAME ->
                new Certificate(
                        in.text("format", Request.MAX_NAME_BYTES),
                        Bytes.wrap(in.string("certificate", Packets.MAX_PACKET_BYTES)),
                        AttributeBlock.PLAIN.read(in));
            case Namespace.NAME -> new Namespace(in.text("namespace", KeyAttribute.MAX_VALUE_BYTES));
            default -> throw new SshFormatException("answer: no server sends \"" + Text.quoted(name) + "\"", 0);
        };
        in.end();
        return answer;
    }
}

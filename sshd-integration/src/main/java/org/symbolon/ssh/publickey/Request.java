package org.symbolon.ssh.publickey;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;

/** What a client asks (RFC 4819 section 4, RFC 7076 section 4). The layout of some depends on the version. */
sealed interface Request {
    /** The longest name of a request or algorithm; longer ones are refused without being kept. */
    int MAX_NAME_BYTES = 1024;

    /** Calls the method for this request. */
    void dispatch(Handler handler) throws IOException, TokenException;

    /** The packet without its length. */
    byte[] encode(SubsystemVersion version);

    /** What a server does with each request. */
    interface Handler {
        void add(Add request) throws IOException, TokenException;

        void remove(Remove request) throws IOException, TokenException;

        void list(ListKeys request) throws IOException, TokenException;

        void listAttributes() throws IOException, TokenException;

        void addCertificate(AddCertificate request) throws IOException, TokenException;

        void removeCertificate(RemoveCertificate request) throws IOException, TokenException;

        void listCertificates(ListCertificates request) throws IOException, TokenException;

        void listNamespaces() throws IOException, TokenException;

        void unknown(Unknown request) throws IOException, TokenException;
    }

    /** Adds a key, or gives it other attributes. */
    record Add(String algorithm, Bytes blob, boolean overwrite, List<KeyAttribute> attributes) implements Request {
        static final String NAME = "add";

        @Override
        public void dispatch(Handler handler) throws IOException, TokenException {
            handler.add(this);
        }

        @Override
        public byte[] encode(SubsystemVersion version) {
            SshWriter out = new SshWriter()
                    .string(NAME)
                    .string(algorithm)
                    .string(blob.toByteArray())
                    .bool(overwrite);
            return AttributeBlock.FLAGGED.write(attributes, out).toByteArray();
        }
    }

    /** Removes a key. */
    record Remove(String algorithm, Bytes blob, List<KeyAttribute> attributes) implements Request {
        static final String NAME = "remove";

        @Override
        public void dispatch(Handler handler) throws IOException, TokenException {
            handler.remove(this);
        }

        @Override
        public byte[] encode(SubsystemVersion version) {
            SshWriter out = new SshWriter().string(NAME).string(algorithm).string(blob.toByteArray());
            return withAttributes(version, attributes, out);
        }
    }

    /** Lists keys. */
    record ListKeys(List<KeyAttribute> attributes) implements Request {
        static final String NAME = "list";

        @Override
        public void dispatch(Handler handler) throws IOException, TokenException {
            handler.list(this);
        }

        @Override
        public byte[] encode(SubsystemVersion version) {
            return withAttributes(version, attributes, new SshWriter().string(NAME));
        }
    }

    /** Lists the names of attributes. */
    record ListAttributes() implements Request {
        static final String NAME = "listattributes";

        @Override
        public void dispatch(Handler handler) throws IOException, TokenException {
            handler.listAttributes();
        }

        @Override
        public byte[] encode(SubsystemVersion version) {
            return new SshWriter().string(NAME).toByteArray();
        }
    }

    /** Adds a certificate. */
    record AddCertificate(String format, Bytes blob, boolean overwrite, List<KeyAttribute> attributes)
            implements Request {
        static final String NAME = "add-certificate";

        @Override
        public void dispatch(Handler handler) throws IOException, TokenException {
            handler.addCertificate(this);
        }

        @Override
        public byte[] encode(SubsystemVersion version) {
            SshWriter out = new SshWriter()
                    .string(NAME)
                    .string(format)
                    .string(blob.toByteArray())
                    .bool(overwrite);
            return AttributeBlock.FLAGGED.write(attributes, out).toByteArray();
        }
    }

    /** Removes a certificate. */
    record RemoveCertificate(String format, Bytes blob, List<KeyAttribute> attributes) implements Request {
        static final String NAME = "remove-certificate";

        @Override
        public void dispatch(Handler handler) throws IOException, TokenException {
            handler.removeCertificate(this);
        }

        @Override
        public byte[] encode(SubsystemVersion version) {
            SshWriter out = new SshWriter().string(NAME).string(format).string(blob.toByteArray());
            return AttributeBlock.PLAIN.write(attributes, out).toByteArray();
        }
    }

    /** Lists certificates; without attributes those of all namespaces that the user may see. */
    record ListCertificates(List<KeyAttribute> attributes) implements Request {
        static final String NAME = "list-certificates";

        @Override
        public void dispatch(Handler handler) throws IOException, TokenException {
            handler.listCertificates(this);
        }

        /** The standard's packet has no attributes: a block stands only where there are some. */
        @Override
        public byte[] encode(SubsystemVersion version) {
            SshWriter out = new SshWriter().string(NAME);
            return attributes.isEmpty()
                    ? out.toByteArray()
                    : AttributeBlock.FLAGGED.write(attributes, out).toByteArray();
        }
    }

    /** Lists namespaces. */
    record ListNamespaces() implements Request {
        static final String NAME = "list-namespaces";

        @Override
        public void dispatch(Handler handler) throws IOException, TokenException {
            handler.listNamespaces();
        }

        @Override
        public byte[] encode(SubsystemVersion version) {
            return new SshWriter().string(NAME).toByteArray();
        }
    }

    /** A request that the version does not have. */
    record Unknown(String name) implements Request {
        @Override
        public void dispatch(Handler handler) throws IOException, TokenException {
            handler.unknown(this);
        }

        @Override
        public byte[] encode(SubsystemVersion version) {
            return new SshWriter().string(name).toByteArray();
        }
    }

    /**
     * Reads a packet.
     *
     * @throws SshFormatException if it is malformed; the next packet can be read all the same
     */
    static Request parse(byte[] packet, SubsystemVersion version) throws SshFormatException {
        SshReader in = new SshReader(packet, "request");
        String name = in.text("name", MAX_NAME_BYTES);
        Optional<Request> request = switch (name) {
            case Add.NAME ->
                Optional.of(new Add(
                        in.text("algorithm", MAX_NAME_BYTES),
                        Bytes.wrap(in.string("key", SshPublicKey.MAX_BLOB_BYTES)),
                        in.bool("overwrite"),
                        AttributeBlock.FLAGGED.read(in)));
            case Remove.NAME ->
                Optional.of(new Remove(
                        in.text("algorithm", MAX_NAME_BYTES),
                        Bytes.wrap(in.string("key", SshPublicKey.MAX_BLOB_BYTES)),
                        later(version, in)));
            case ListKeys.NAME -> Optional.of(new ListKeys(later(version, in)));
            case ListAttributes.NAME -> Optional.of(new ListAttributes());
            default -> version == SubsystemVersion.RFC7076 ? ofCertificates(name, in) : Optional.empty();
        };
        if (request.isEmpty()) {
            return new Unknown(name);
        }
        in.end();
        return request.get();
    }

    private static Optional<Request> ofCertificates(String name, SshReader in) throws SshFormatException {
        return switch (name) {
            case AddCertificate.NAME ->
                Optional.of(new AddCertificate(
                        in.text("format", MAX_NAME_BYTES),
                        Bytes.wrap(in.string("certificate", Packets.MAX_PACKET_BYTES)),
                        in.bool("overwrite"),
                        AttributeBlock.FLAGGED.read(in)));
            case RemoveCertificate.NAME ->
                Optional.of(new RemoveCertificate(
                        in.text("format", MAX_NAME_BYTES),
                        Bytes.wrap(in.string("certificate", Packets.MAX_PACKET_BYTES)),
                        AttributeBlock.PLAIN.read(in)));
            case ListCertificates.NAME -> Optional.of(new ListCertificates(AttributeBlock.FLAGGED.readIfAny(in)));
            case ListNamespaces.NAME -> Optional.of(new ListNamespaces());
            default -> Optional.empty();
        };
    }

    /** Attributes that RFC 7076 put behind RFC 4819's request. */
    private static List<KeyAttribute> later(SubsystemVersion version, SshReader in) throws SshFormatException {
        return version == SubsystemVersion.RFC7076 ? AttributeBlock.FLAGGED.readIfAny(in) : List.of();
    }

    private static byte[] withAttributes(SubsystemVersion version, List<KeyAttribute> attributes, SshWriter out) {
        return version == SubsystemVersion.RFC7076
                ? AttributeBlock.FLAGGED.write(attributes, out).toByteArray()
                : out.toByteArray();
    }
}

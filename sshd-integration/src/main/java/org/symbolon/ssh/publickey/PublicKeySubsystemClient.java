package org.symbolon.ssh.publickey;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.Text;

/**
 * The client of the public key subsystem, over the streams of any SSH library: adds, lists and removes the keys with which its
 * user logs in (RFC 4819), and certificates in namespaces (RFC 7076).
 *
 * <p>A request that the server refuses is a {@link PublicKeySubsystemException} with its status, and the next one may be made;
 * after any other {@link IOException} the client is of no use. Each method blocks until the server has answered. For one
 * thread at a time.
 */
public final class PublicKeySubsystemClient {
    private final Packets packets;
    private final SubsystemVersion version;

    private PublicKeySubsystemClient(Packets packets, SubsystemVersion version) {
        this.packets = packets;
        this.version = version;
    }

    /**
     * Begins to speak with a server: both announce their versions, and the lower one holds. What a login printed before is
     * dropped, up to 64 KiB.
     *
     * @param highest the version to announce: RFC 7076 for the subsystem {@code publickey@p6r.com}, else RFC 4819
     * @param in from the server; stays the caller's
     * @param out to the server; stays the caller's
     * @return the client
     * @throws IOException if a stream fails or ends, or the server speaks neither version
     */
    public static PublicKeySubsystemClient open(SubsystemVersion highest, InputStream in, OutputStream out)
            throws IOException {
        Packets packets = new Packets(in, out);
        packets.write(Dialogue.versionPacket(highest));
        packets.flush();
        long announced = checked(packets::readVersionAfterNoise);
        Optional<SubsystemVersion> version = highest.agreedWith(announced);
        if (version.isEmpty()) {
            packets.write(Answer.Status.of(
                            SubsystemStatus.VERSION_NOT_SUPPORTED, SubsystemStatus.VERSION_NOT_SUPPORTED.text())
                    .encode());
            packets.flush();
            throw new IOException("The server speaks version " + announced
                    + " of the public key subsystem, version 2 or newer is wanted");
        }
        return new PublicKeySubsystemClient(packets, version.get());
    }

    /**
     * The version that both speak.
     *
     * @return the lower of both
     */
    public SubsystemVersion version() {
        return version;
    }

    /**
     * Adds a key.
     *
     * @param key the key
     * @param overwrite whether a key that is there gets these attributes in place of its own
     * @param attributes its attributes
     * @throws PublicKeySubsystemException if the server refuses, for example with {@link SubsystemStatus#KEY_ALREADY_PRESENT}
     * @throws IOException if the connection fails
     */
    public void add(SshPublicKey key, boolean overwrite, List<KeyAttribute> attributes) throws IOException {
        done(new Request.Add(key.type().wireName(), Bytes.wrap(key.blob()), overwrite, attributes));
    }

    /**
     * Removes a key.
     *
     * @param key the key
     * @param attributes the namespace, if it is not the one of SSH; none in RFC 4819
     * @throws PublicKeySubsystemException if the server refuses, for example with {@link SubsystemStatus#KEY_NOT_FOUND}
     * @throws IOException if the connection fails
     * @throws IllegalArgumentException if there are attributes and the server speaks RFC 4819 only
     */
    public void remove(SshPublicKey key, List<KeyAttribute> attributes) throws IOException {
        requireNoneIn4819(attributes);
        done(new Request.Remove(key.type().wireName(), Bytes.wrap(key.blob()), attributes));
    }

    /**
     * Lists the user's keys, one after the other as they come.
     *
     * @param attributes the namespace to list, or none for all; none in RFC 4819
     * @param visitor gets each key, and makes no request
     * @throws PublicKeySubsystemException if the server refuses
     * @throws IOException if the connection fails
     * @throws IllegalArgumentException if there are attributes and the server speaks RFC 4819 only
     */
    public void list(List<KeyAttribute> attributes, Consumer<ListedKey> visitor) throws IOException {
        requireNoneIn4819(attributes);
        ask(new Request.ListKeys(attributes), answer -> {
            boolean expected = answer instanceof Answer.Key;
            if (expected) {
                Answer.Key key = (Answer.Key) answer;
                visitor.accept(new ListedKey(key.algorithm(), key.blob(), key.attributes()));
            }
            return expected;
        });
    }

    /**
     * Lists the attributes that the server knows.
     *
     * @return their names; a server need not say them
     * @throws PublicKeySubsystemException if the server refuses, for example with {@link
     *     SubsystemStatus#REQUEST_NOT_SUPPORTED}
     * @throws IOException if the connection fails
     */
    public List<SupportedAttribute> attributes() throws IOException {
        List<SupportedAttribute> attributes = new ArrayList<>();
        ask(
                new Request.ListAttributes(),
                answer -> answer instanceof Answer.AttributeName attribute
                        && attributes.size() < AttributeBlock.MAX_ATTRIBUTES
                        && attributes.add(new SupportedAttribute(attribute.name(), attribute.compulsory())));
        return attributes;
    }

    /**
     * Adds a certificate.
     *
     * @param certificate the certificate
     * @param namespace where it belongs, such as {@code ssl}
     * @param overwrite whether it may be there
     * @throws PublicKeySubsystemException if the server refuses, for example with {@link
     *     SubsystemStatus#CANNOT_CREATE_NAMESPACE}
     * @throws IOException if the connection fails
     * @throws IllegalStateException if the server speaks RFC 4819 only
     * @throws IllegalArgumentException if the certificate has no encoding
     */
    public void addCertificate(X509Certificate certificate, String namespace, boolean overwrite) throws IOException {
        require7076();
        done(new Request.AddCertificate(CertificateServer.X509, der(certificate), overwrite, List.of(of(namespace))));
    }

    /**
     * Removes a certificate from a namespace.
     *
     * @param certificate the certificate
     * @param namespace where it belongs
     * @throws PublicKeySubsystemException if the server refuses, for example with {@link
     *     SubsystemStatus#CERTIFICATE_NOT_FOUND}
     * @throws IOException if the connection fails
     * @throws IllegalStateException if the server speaks RFC 4819 only
     * @throws IllegalArgumentException if the certificate has no encoding
     */
    public void removeCertificate(X509Certificate certificate, String namespace) throws IOException {
        require7076();
        done(new Request.RemoveCertificate(CertificateServer.X509, der(certificate), List.of(of(namespace))));
    }

    /**
     * Lists the user's certificates, one after the other as they come.
     *
     * @param namespace the namespace to list, or empty for all
     * @param visitor gets each certificate, and makes no request
     * @throws PublicKeySubsystemException if the server refuses
     * @throws IOException if the connection fails
     * @throws IllegalStateException if the server speaks RFC 4819 only
     */
    public void certificates(Optional<String> namespace, Consumer<ListedCertificate> visitor) throws IOException {
        require7076();
        ask(
                new Request.ListCertificates(
                        namespace.map(PublicKeySubsystemClient::of).stream().toList()),
                answer -> {
                    boolean expected = answer instanceof Answer.Certificate;
                    if (expected) {
                        Answer.Certificate certificate = (Answer.Certificate) answer;
                        visitor.accept(new ListedCertificate(
                                certificate.format(), certificate.blob(), certificate.attributes()));
                    }
                    return expected;
                });
    }

    /**
     * Lists the namespaces that the user may see.
     *
     * @return their names
     * @throws PublicKeySubsystemException if the server refuses
     * @throws IOException if the connection fails
     * @throws IllegalStateException if the server speaks RFC 4819 only
     */
    public List<String> namespaces() throws IOException {
        require7076();
        List<String> names = new ArrayList<>();
        ask(
                new Request.ListNamespaces(),
                answer -> answer instanceof Answer.Namespace namespace && names.add(namespace.namespace()));
        return names;
    }

    private static KeyAttribute of(String namespace) {
        return KeyAttribute.critical(KeyAttribute.NAMESPACE, namespace);
    }

    private void require7076() {
        if (version != SubsystemVersion.RFC7076) {
            throw new IllegalStateException("The server has no certificates and namespaces: it speaks RFC 4819 only");
        }
    }

    private void requireNoneIn4819(List<KeyAttribute> attributes) {
        if (version == SubsystemVersion.RFC4819 && !attributes.isEmpty()) {
            throw new IllegalArgumentException("The server has no namespaces: it speaks RFC 4819 only");
        }
    }

    private void done(Request request) throws IOException {
        ask(request, answer -> false);
    }

    /** What takes the entries of an answer; false for one that is not expected. */
    private interface Entries {
        boolean take(Answer answer);
    }

    private void ask(Request request, Entries entries) throws IOException {
        packets.write(request.encode(version));
        packets.flush();
        while (true) {
            Answer answer = checked(() -> Answer.parse(
                    packets.read().orElseThrow(() -> new EOFException("The server ended the public key subsystem"))));
            if (answer instanceof Answer.Status status) {
                requireSuccess(status);
                return;
            }
            if (!entries.take(answer)) {
                throw new IOException("The server answered with an entry that was not asked for");
            }
        }
    }

    private static void requireSuccess(Answer.Status status) throws IOException {
        Optional<SubsystemStatus> known = SubsystemStatus.byCode(status.code());
        if (known.equals(Optional.of(SubsystemStatus.SUCCESS))) {
            return;
        }
        String said = known.map(SubsystemStatus::text).orElse("status " + status.code());
        String description = Text.quoted(status.description());
        throw new PublicKeySubsystemException(
                known.orElse(SubsystemStatus.GENERAL_FAILURE),
                "The server says: " + said + (description.isEmpty() ? "" : ": " + description));
    }

    /** Something that reads from the server. */
    private interface Reading<T> {
        T read() throws IOException, SshFormatException;
    }

    private static <T> T checked(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (SshFormatException e) {
            throw new IOException("The server does not speak the public key subsystem: " + e.getMessage(), e);
        }
    }

    private static Bytes der(X509Certificate certificate) {
        try {
            return Bytes.wrap(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("The certificate has no encoding", e);
        }
    }
}

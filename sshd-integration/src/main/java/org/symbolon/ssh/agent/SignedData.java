package org.symbolon.ssh.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Bytes;
import org.symbolon.config.AgentPurpose;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.certificate.SshCertificate;

/**
 * What data that is to be signed says of itself.
 *
 * @param purpose what it is for
 * @param login the login that it is, if it is one
 * @param namespace what an SSHSIG is for, such as {@code git}; empty for others
 */
record SignedData(AgentPurpose purpose, Optional<Login> login, String namespace) {
    private static final byte[] SSHSIG = "SSHSIG".getBytes(US_ASCII);
    private static final String HOST_KEYS_PROVE = "hostkeys-prove-00@openssh.com";
    private static final String HOST_BOUND = "publickey-hostbound-v00@openssh.com";
    private static final Set<Integer> EXCHANGE_HASH_BYTES = Set.of(20, 32, 48, 64);
    private static final int USERAUTH_REQUEST = 50;
    private static final int MAX_SESSION_ID_BYTES = 128;
    private static final int MAX_NAME_BYTES = 1024;

    /**
     * A login.
     *
     * @param sessionId the identifier of its SSH session
     * @param user as whom
     * @param keyBlob the key or certificate by which
     * @param host the key of the host that it goes to, where the client says it
     */
    record Login(Bytes sessionId, String user, Bytes keyBlob, Optional<HostKey> host) {}

    /** Returns what some data is, which is {@link AgentPurpose#OTHER} if nothing that is known. */
    static SignedData of(byte[] data) {
        Optional<Login> login = login(data);
        if (login.isPresent()) {
            return new SignedData(AgentPurpose.LOGIN, login, "");
        }
        Optional<String> namespace = namespace(data);
        if (namespace.isPresent()) {
            return new SignedData(AgentPurpose.SIGNATURE, Optional.empty(), namespace.get());
        }
        AgentPurpose purpose = isCertificate(data)
                ? AgentPurpose.CA
                : isHostProof(data) || EXCHANGE_HASH_BYTES.contains(data.length)
                        ? AgentPurpose.HOST
                        : AgentPurpose.OTHER;
        return new SignedData(purpose, Optional.empty(), "");
    }

    /** Something that is read whole, or is something else. */
    @FunctionalInterface
    private interface Shape<T> {
        T read(SshReader reader) throws SshFormatException;
    }

    private static <T> Optional<T> read(byte[] data, Shape<T> shape) {
        SshReader reader = new SshReader(data, "data to be signed");
        try {
            T read = shape.read(reader);
            reader.end();
            return Optional.of(read);
        } catch (SshFormatException e) {
            return Optional.empty(); // so it is something else
        }
    }

    private static Optional<Login> login(byte[] data) {
        return read(data, reader -> {
            Bytes sessionId = Bytes.wrap(reader.string("session id", MAX_SESSION_ID_BYTES));
            require(reader, reader.octet("message") == USERAUTH_REQUEST);
            String user = reader.text("user", MAX_NAME_BYTES);
            require(reader, reader.name("service", MAX_NAME_BYTES).equals("ssh-connection"));
            String method = reader.name("method", MAX_NAME_BYTES);
            require(reader, method.equals("publickey") || method.equals(HOST_BOUND));
            require(reader, reader.bool("has a signature"));
            reader.name("algorithm", MAX_NAME_BYTES);
            Bytes key = Bytes.wrap(reader.string("key", SshPublicKey.MAX_BLOB_BYTES));
            Optional<HostKey> host = method.equals(HOST_BOUND)
                    ? Optional.of(HostKey.parse(reader.string("host key", SshPublicKey.MAX_BLOB_BYTES)))
                    : Optional.empty();
            return new Login(sessionId, user, key, host);
        });
    }

    private static Optional<String> namespace(byte[] data) {
        return read(data, reader -> {
            require(reader, Arrays.equals(reader.raw("magic", SSHSIG.length), SSHSIG));
            String namespace = reader.text("namespace", MAX_NAME_BYTES);
            reader.string("reserved", MAX_NAME_BYTES);
            reader.name("hash algorithm", MAX_NAME_BYTES);
            reader.string("hash", MAX_NAME_BYTES);
            return namespace;
        });
    }

    private static boolean isHostProof(byte[] data) {
        return read(data, reader -> {
                    require(reader, reader.name("request", MAX_NAME_BYTES).equals(HOST_KEYS_PROVE));
                    reader.string("session id", MAX_SESSION_ID_BYTES);
                    return HostKey.parse(reader.string("host key", SshPublicKey.MAX_BLOB_BYTES));
                })
                .isPresent();
    }

    /** Whether it begins as the body of a certificate; what the certificate says is its issuer's business. */
    private static boolean isCertificate(byte[] data) {
        return read(data, reader -> {
                    require(reader, SshCertificate.isType(reader.name("type", MAX_NAME_BYTES)));
                    return reader.raw("rest", reader.remaining());
                })
                .isPresent();
    }

    private static void require(SshReader reader, boolean fits) throws SshFormatException {
        if (!fits) {
            throw reader.error("it is something else", reader.position());
        }
    }
}

package org.symbolon.ssh.publickey;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * The server of the public key subsystem, over any streams: what users ask is checked against the policy, done in the store and
 * written to the audit log (SLF4J, {@value #AUDIT_LOG}, level info), one line for each change with the user, the login, the
 * source, the fingerprint and the attributes.
 *
 * <p><b>Security guarantees.</b> A user reaches no keys but the own. A key is stored with every restriction that its user asked
 * for and the policy imposes, or not at all. Keys that an administrator restricted are neither overwritten nor removed. What
 * a client sends is bounded before memory is taken for it: {@value #MAX_PACKET_BYTES} bytes a packet.
 *
 * <p>Two requests of one user at the same moment may exceed a quota by one key. Thread-safe.
 */
public final class PublicKeySubsystem {
    /** The name of the log that has a line for each change. */
    public static final String AUDIT_LOG = "org.symbolon.ssh.publickey.audit";

    /** The longest packet that is read or written. */
    public static final int MAX_PACKET_BYTES = Packets.MAX_PACKET_BYTES;

    /** RFC 4819's name of the subsystem. */
    public static final String NAME = "publickey";

    /** The name by which older clients ask for it. */
    public static final String OLD_NAME = "publickey@vandyke.com";

    /** RFC 7076's name of the subsystem. */
    public static final String EXTENDED_NAME = "publickey@p6r.com";

    private final SelfServiceStore store;
    private final SelfServicePolicy policy;

    /**
     * Makes a server.
     *
     * @param store where keys and certificates are kept
     * @param policy what users may do
     */
    public PublicKeySubsystem(SelfServiceStore store, SelfServicePolicy policy) {
        this.store = store;
        this.policy = policy;
    }

    /**
     * The names under which an SSH server offers the subsystem.
     *
     * @return RFC 4819's, its old one and RFC 7076's
     */
    public static List<String> names() {
        return List.of(NAME, OLD_NAME, EXTENDED_NAME);
    }

    /**
     * The version that is announced under a name.
     *
     * @param name one of {@link #names}
     * @return the version
     * @throws IllegalArgumentException if it is not the subsystem's
     */
    public static SubsystemVersion version(String name) {
        return switch (name) {
            case NAME, OLD_NAME -> SubsystemVersion.RFC4819;
            case EXTENDED_NAME -> SubsystemVersion.RFC7076;
            default -> throw new IllegalArgumentException("\"" + name + "\" is not one of " + names());
        };
    }

    /**
     * Says whether a user may open the subsystem; if not, the SSH server answers CHANNEL_FAILURE.
     *
     * @param user who asks for it
     * @return why not, or empty
     */
    public Optional<String> refusal(SubsystemUser user) {
        return policy.refusal(user);
    }

    /**
     * Serves a client until it ends the stream, or sends what cannot be a packet. Blocks for so long.
     *
     * @param user whose keys are managed: whom the SSH server authenticated, and {@link #refusal} does not refuse
     * @param highest the version to announce; the client may announce a lower one
     * @param in from the client
     * @param out to the client; flushed once for each answer that fits into 512 KiB
     * @throws IOException if a stream fails or ends within a packet
     */
    public void serve(SubsystemUser user, SubsystemVersion highest, InputStream in, OutputStream out)
            throws IOException {
        new Dialogue(store, policy, user, new Packets(in, out)).run(highest);
    }
}

package org.symbolon.ssh.agent;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;

/**
 * A step that a key may be used for: from one host, or from here, to another ({@code restrict-destination-v00@openssh.com},
 * OpenSSH's PROTOCOL.agent section 3).
 *
 * @param from the host that the login comes from; without keys it is this machine
 * @param to the host that it goes to
 */
record DestinationConstraint(Hop from, Hop to) {
    private static final int MAX_NAME_BYTES = 1024;
    private static final int MAX_KEYS = 1024;

    /**
     * A host.
     *
     * @param user the pattern of users there; every user if empty
     * @param host the host's name as its user wrote it; empty for this machine
     * @param keys the keys by which it is known
     */
    record Hop(String user, String host, List<KnownKey> keys) {
        Hop {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A key by which a host is known.
     *
     * @param key its own, or that of an authority
     * @param authority whether the key signs certificates of hosts
     */
    record KnownKey(SshPublicKey key, boolean authority) {}

    static DestinationConstraint read(SshReader reader) throws SshFormatException {
        Hop from = readHop(inner(reader, "from"));
        Hop to = readHop(inner(reader, "to"));
        empty(reader, "extensions");
        reader.end();
        if (from.host().isEmpty() != from.keys().isEmpty() || !from.user().isEmpty()) {
            throw reader.error("\"from\" has a host and keys, or neither, and no user", 0);
        }
        if (to.host().isEmpty() || to.keys().isEmpty()) {
            throw reader.error("\"to\" has no host or no keys", 0);
        }
        return new DestinationConstraint(from, to);
    }

    private static Hop readHop(SshReader reader) throws SshFormatException {
        String user = reader.text("user", MAX_NAME_BYTES);
        String host = reader.text("host", MAX_NAME_BYTES);
        empty(reader, "reserved");
        List<KnownKey> keys = new ArrayList<>();
        while (reader.remaining() > 0) {
            if (keys.size() == MAX_KEYS) {
                throw reader.error("more than " + MAX_KEYS + " keys of a host", reader.position());
            }
            SshPublicKey key = SshPublicKey.parse(reader.string("key", SshPublicKey.MAX_BLOB_BYTES));
            keys.add(new KnownKey(key, reader.bool("authority")));
        }
        return new Hop(user, host, keys);
    }

    private static SshReader inner(SshReader reader, String field) throws SshFormatException {
        return new SshReader(reader.string(field, AgentFrame.MAX_BYTES), "destination, " + field);
    }

    /** What is there for later versions of OpenSSH, and not understood: it might restrict more. */
    private static void empty(SshReader reader, String field) throws SshFormatException {
        reader.string(field, 0);
    }

    byte[] encode() {
        return new SshWriter()
                .string(encode(from))
                .string(encode(to))
                .string("")
                .toByteArray();
    }

    private static byte[] encode(Hop hop) {
        SshWriter writer = new SshWriter().string(hop.user()).string(hop.host()).string("");
        hop.keys().forEach(known -> writer.string(known.key().blob()).bool(known.authority()));
        return writer.toByteArray();
    }
}

package org.symbolon.ssh.mina.publickey;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.symbolon.ssh.publickey.PublicKeySubsystem;
import org.symbolon.ssh.publickey.PublicKeySubsystemClient;
import org.symbolon.ssh.publickey.SubsystemVersion;

/** The public key subsystem of a server to which a MINA client has logged in. For one thread at a time. */
public final class PublicKeySubsystemChannel implements AutoCloseable {
    private final ChannelSubsystem channel;
    private final PublicKeySubsystemClient client;

    private PublicKeySubsystemChannel(ChannelSubsystem channel, PublicKeySubsystemClient client) {
        this.channel = channel;
        this.client = client;
    }

    /**
     * Opens the subsystem by the first of its names that the server has: RFC 7076's, RFC 4819's, the old one.
     *
     * @param session the session, logged in; it stays the caller's
     * @param highest the highest version to speak
     * @param patience how long to wait for each answer to a name
     * @return the open subsystem
     * @throws IOException if the server has no such subsystem or refuses it to this user, or the connection fails
     */
    public static PublicKeySubsystemChannel open(ClientSession session, SubsystemVersion highest, Duration patience)
            throws IOException {
        List<String> names = highest == SubsystemVersion.RFC7076
                ? List.of(PublicKeySubsystem.EXTENDED_NAME, PublicKeySubsystem.NAME, PublicKeySubsystem.OLD_NAME)
                : List.of(PublicKeySubsystem.NAME, PublicKeySubsystem.OLD_NAME);
        IOException failure = new IOException(
                "The server has no subsystem " + String.join(", ", names) + ", or refuses it to this login");
        for (String name : names) {
            try {
                return open(session.createSubsystemChannel(name), PublicKeySubsystem.version(name), patience);
            } catch (SshException | EOFException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    /** MINA does not wait for the answer to the request; where it is a refusal, the stream ends. */
    private static PublicKeySubsystemChannel open(ChannelSubsystem channel, SubsystemVersion version, Duration patience)
            throws IOException {
        boolean open = false;
        try {
            channel.open().verify(patience);
            PublicKeySubsystemClient client =
                    PublicKeySubsystemClient.open(version, channel.getInvertedOut(), channel.getInvertedIn());
            open = true;
            return new PublicKeySubsystemChannel(channel, client);
        } finally {
            if (!open) {
                channel.close(true);
            }
        }
    }

    /**
     * The client that speaks on this channel.
     *
     * @return the client
     */
    public PublicKeySubsystemClient client() {
        return client;
    }

    /** Closes the channel, not the session. Idempotent. */
    @Override
    public void close() {
        channel.close(true);
    }
}

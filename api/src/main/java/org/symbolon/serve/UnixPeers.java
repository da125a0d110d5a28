package org.symbolon.serve;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/**
 * Who is let in on unix sockets: the user that the server runs as, and those that are named.
 *
 * @param owner the user that the server runs as
 * @param others those that are named
 */
public record UnixPeers(String owner, Set<String> others) {
    /** Takes a copy of the names. */
    public UnixPeers {
        others = Set.copyOf(others);
    }

    /**
     * Returns those of this process. Its user is told by a file that it makes: users need not have a name.
     *
     * @param others the names of users that are let in, too
     * @return who is let in
     * @throws IOException if the file cannot be made
     */
    public static UnixPeers ofThisProcess(Set<String> others) throws IOException {
        Path own = Files.createTempFile("symbolon", "");
        try {
            return new UnixPeers(Files.getOwner(own).getName(), others);
        } finally {
            Files.delete(own);
        }
    }

    /**
     * Returns the stream of a client whom the kernel has named.
     *
     * @param client the connection, of a unix socket; closed with the stream
     * @param place where it came in, for the log
     * @return the stream
     * @throws IOException if the kernel does not say who the client is
     */
    public static ClientStream stream(SocketChannel client, String place) throws IOException {
        String user = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        return new ClientStream(
                new ClientIdentity(ClientIdentity.Kind.UNIX_USER, user),
                place,
                Channels.newInputStream(client),
                Channels.newOutputStream(client),
                client);
    }

    /**
     * Tells whether a client is let in.
     *
     * @param client who it is
     * @return whether it is one of them
     */
    public boolean letIn(ClientIdentity client) {
        return client.name().equals(owner) || others.contains(client.name());
    }

    /** Returns who is let in, for the log. */
    @Override
    public String toString() {
        return "only " + owner + " and " + others + " may";
    }
}

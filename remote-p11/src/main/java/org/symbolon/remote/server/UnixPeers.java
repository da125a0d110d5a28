package org.symbolon.remote.server;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.symbolon.serve.ClientIdentity;
import org.symbolon.serve.ClientStream;

/**
 * Who is let in on unix sockets: the user that the server runs as, and those that are named.
 *
 * @param owner the user that the server runs as
 * @param others those that are named
 */
record UnixPeers(String owner, Set<String> others) {
    UnixPeers {
        others = Set.copyOf(others);
    }

    /** Returns those of this process. Its user is told by a file that it makes: users need not have a name. */
    static UnixPeers ofThisProcess(Set<String> others) throws IOException {
        Path own = Files.createTempFile("symbolon", "");
        try {
            return new UnixPeers(Files.getOwner(own).getName(), others);
        } finally {
            Files.delete(own);
        }
    }

    /** Returns the stream of a client whom the kernel has named. */
    static ClientStream stream(SocketChannel client, String place) throws IOException {
        String user = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        return new ClientStream(
                new ClientIdentity(ClientIdentity.Kind.UNIX_USER, user),
                place,
                Channels.newInputStream(client),
                Channels.newOutputStream(client),
                client);
    }

    boolean letIn(ClientIdentity client) {
        return client.name().equals(owner) || others.contains(client.name());
    }

    /** Returns who is let in, for the log. */
    @Override
    public String toString() {
        return "only " + owner + " and " + others + " may";
    }
}

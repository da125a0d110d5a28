package org.symbolon.ssh.mina;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.apache.sshd.server.session.ServerSession;
import org.symbolon.Bytes;
import org.symbolon.ssh.Text;

/**
 * A public key or certificate with which a client wants to log in: a request of RFC 4252 section 7, as it came.
 *
 * @param user the name that the client gave, any text
 * @param algorithm the name of the public key algorithm, any text
 * @param blob the bytes of the key or certificate, which nobody has read yet
 * @param session the session, not yet logged in
 */
public record OfferedUserKey(String user, String algorithm, Bytes blob, ServerSession session) {
    /**
     * Where the client is.
     *
     * @return its address, or empty where the connection does not come over IP
     */
    public Optional<InetAddress> source() {
        return source(session);
    }

    static Optional<InetAddress> source(ServerSession session) {
        SocketAddress address = session.getClientAddress();
        return address instanceof InetSocketAddress internet
                ? Optional.ofNullable(internet.getAddress())
                : Optional.empty();
    }

    /** Whether another request is for the same user, algorithm and bytes. */
    boolean isSameAs(OfferedUserKey other) {
        return user.equals(other.user) && algorithm.equals(other.algorithm) && blob.equals(other.blob);
    }

    /** The user, the algorithm and the client's address: safe in a line of the log. */
    @Override
    public String toString() {
        return "user \"" + Text.quoted(user) + "\" with " + Text.quoted(algorithm) + " from "
                + source().map(InetAddress::getHostAddress).orElse("an unknown address");
    }
}

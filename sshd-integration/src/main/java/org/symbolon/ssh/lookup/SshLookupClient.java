package org.symbolon.ssh.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/** Asks a {@link SshLookupServer}. Thread-safe. */
public final class SshLookupClient {
    private static final int MAX_ANSWER_BYTES = 64 << 20;
    private static final String END = "ok\n";

    private final Path socket;

    /**
     * A client.
     *
     * @param socket where the server listens
     */
    public SshLookupClient(Path socket) {
        this.socket = socket;
    }

    /**
     * Asks for lines of an authorized_keys file.
     *
     * @param user the user's name
     * @param offered as {@link SshLookup#authorizedKeys} takes it
     * @return the lines
     * @throws IOException if the server is not there, or the store cannot tell
     */
    public List<String> authorizedKeys(String user, String offered) throws IOException {
        return ask("keys", user, offered);
    }

    /**
     * Asks for lines of an authorized_principals file.
     *
     * @param user the user's name
     * @param authority as {@link SshLookup#authorizedPrincipals} takes it
     * @return the lines
     * @throws IOException if the server is not there, or the store cannot tell
     */
    public List<String> authorizedPrincipals(String user, String authority) throws IOException {
        return ask("principals", user, authority);
    }

    private List<String> ask(String what, String user, String detail) throws IOException {
        if ((user + detail).chars().anyMatch(Character::isISOControl)) {
            return List.of(); // such a user has no keys, and the line could not say it
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer question = ByteBuffer.wrap((what + "\t" + user + "\t" + detail + "\n").getBytes(UTF_8));
            while (question.hasRemaining()) {
                channel.write(question);
            }
            String answer = read(channel);
            if (!answer.equals(END) && !answer.endsWith("\n" + END)) {
                throw new IOException("the server at " + socket + " has no answer; its log says why");
            }
            return answer.substring(0, answer.length() - END.length()).lines().toList();
        }
    }

    private static String read(SocketChannel channel) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer part = ByteBuffer.allocate(1 << 14);
        while (channel.read(part.clear()) >= 0) {
            answer.write(part.array(), 0, part.position());
            if (answer.size() > MAX_ANSWER_BYTES) {
                throw new IOException("the answer has more than " + MAX_ANSWER_BYTES + " bytes");
            }
        }
        return answer.toString(UTF_8);
    }
}

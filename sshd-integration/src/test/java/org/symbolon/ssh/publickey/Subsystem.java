package org.symbolon.ssh.publickey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshWriter;

/** A server of the subsystem without SSH: what a client sends goes in, what the server answers comes out. */
final class Subsystem {
    static final SubsystemUser ALICE =
            new SubsystemUser("alice", "password", "127.0.0.1:50000", LoginRestrictions.UNRESTRICTED, false);

    private final PublicKeySubsystem server;
    private final SubsystemUser user;

    Subsystem(SelfServiceStore store, SelfServicePolicy policy) {
        this(store, policy, ALICE);
    }

    Subsystem(SelfServiceStore store, SelfServicePolicy policy, SubsystemUser user) {
        this.server = new PublicKeySubsystem(store, policy);
        this.user = user;
    }

    /** What the server writes when a client has sent these bytes and ends. */
    byte[] answerTo(SubsystemVersion highest, byte[] sent) throws IOException {
        ByteArrayOutputStream answered = new ByteArrayOutputStream();
        server.serve(user, highest, new ByteArrayInputStream(sent), answered);
        return answered.toByteArray();
    }

    /** The answers to packets after the version, without the server's version. */
    List<Answer> ask(SubsystemVersion version, byte[]... packets) throws IOException, SshFormatException {
        SshWriter sent = new SshWriter().string(Dialogue.versionPacket(version));
        for (byte[] packet : packets) {
            sent.string(packet);
        }
        byte[] answered = answerTo(version, sent.toByteArray());
        Packets in = new Packets(new ByteArrayInputStream(answered), new ByteArrayOutputStream());
        assertThat(in.read()).hasValue(Dialogue.versionPacket(version));
        List<Answer> answers = new ArrayList<>();
        for (var packet = in.read(); packet.isPresent(); packet = in.read()) {
            answers.add(Answer.parse(packet.get()));
        }
        return answers;
    }

    /** A client whose server runs until the client's stream ends. */
    Connected connect(SubsystemVersion highest) throws IOException {
        PipedInputStream toServer = new PipedInputStream(Packets.MAX_PACKET_BYTES);
        PipedInputStream toClient = new PipedInputStream(Packets.MAX_PACKET_BYTES);
        PipedOutputStream fromClient = new PipedOutputStream(toServer);
        PipedOutputStream fromServer = new PipedOutputStream(toClient);
        Thread thread = new Thread(() -> {
            try (fromServer) {
                server.serve(user, highest, toServer, fromServer);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new Connected(PublicKeySubsystemClient.open(highest, toClient, fromClient), fromClient);
    }

    /** A client and the stream that ends its server. */
    record Connected(PublicKeySubsystemClient client, PipedOutputStream stream) implements AutoCloseable {
        /** The user's keys, in all namespaces. */
        List<ListedKey> keys() throws IOException {
            List<ListedKey> keys = new ArrayList<>();
            client.list(List.of(), keys::add);
            return keys;
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}

package org.symbolon.examples.client;

import org.apache.sshd.server.SshServer;
import org.symbolon.KeyPairObject;
import org.symbolon.Mechanism;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.config.OpenToken;
import org.symbolon.examples.MemoryToken;
import org.symbolon.examples.server.MinaServer;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TokenAuthorizedKeys;

/** What a client needs to be tried: a token with alice's key, and the server of the other example that lets it in. */
final class Rehearsal {
    private Rehearsal() {}

    /** A client's login with the private key labelled {@code laptop}; its result is what the server calls itself. */
    @FunctionalInterface
    interface Client {
        String login(Session session, String label, Destination destination) throws Exception;
    }

    /** Makes token and server, logs in and says so. */
    static void run(Client client) throws Exception {
        try (OpenToken team = MemoryToken.open()) {
            Session session = team.session();
            SshPublicKey host = make(session, "ssh-host");
            TokenAuthorizedKeys.in(session).add("alice", make(session, "laptop"));
            try (SshServer server = MinaServer.start(session, 0)) {
                String version = client.login(session, "laptop", new Destination("alice", server.getPort(), host));
                System.out.println("alice is logged in to " + version);
            }
        }
    }

    private static SshPublicKey make(Session session, String label) throws Exception {
        KeyPairObject keys = session.generateKeyPair(Mechanism.keyPairGen(NamedCurve.ED25519), Template.label(label));
        return SshPublicKey.of(PublicKeys.of(keys.publicKey()));
    }
}

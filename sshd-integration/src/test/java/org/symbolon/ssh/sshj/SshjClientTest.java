package org.symbolon.ssh.sshj;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.verification.PromiscuousVerifier;
import org.symbolon.ssh.TokenSshKeys;
import org.symbolon.ssh.mina.ClientContract;

class SshjClientTest extends ClientContract {
    @Override
    protected String run(TokenSshKeys keys, String user, int port) throws Exception {
        try (SSHClient client = new SSHClient()) {
            client.addHostKeyVerifier(new PromiscuousVerifier());
            client.connect("127.0.0.1", port);
            client.auth(user, TokenAuthPublickey.of(keys));
            try (Session session = client.startSession();
                    Session.Command command = session.exec("hello")) {
                return new String(command.getInputStream().readAllBytes(), UTF_8);
            }
        }
    }

    @Override
    protected String refusal() {
        return "Exhausted available authentication methods";
    }

    @Override
    protected String failure() {
        return "cannot sign";
    }
}

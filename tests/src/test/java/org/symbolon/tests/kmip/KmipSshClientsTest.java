package org.symbolon.tests.kmip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.examples.client.ConnectBotClient;
import org.symbolon.examples.client.Destination;
import org.symbolon.examples.client.JschClient;
import org.symbolon.examples.client.MinaClient;
import org.symbolon.examples.client.SshjClient;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.tests.ssh.OpenSshServer;

/** Every SSH library logs in to OpenSSH's server with a key that stays on a KMIP server. */
class KmipSshClientsTest {
    @TempDir
    private Path folder;

    /** A library's login. */
    @FunctionalInterface
    private interface Client {
        String login(Session session, String label, Destination destination) throws Exception;
    }

    @Test
    void clients_withAKeyOnTheServer_logIn() throws Exception {
        try (OpenSshServer sshd = OpenSshServer.start(folder);
                ServedKmip served = new ServedKmip(Map.of("crypto", "server"));
                TokenModule module = served.open(ModuleOptions.ofDefaults());
                Session session = module.token("Contract").open(served.user())) {
            sshd.authorize(SshPublicKey.of(PublicKeys.of(session.generateKeyPair(
                            Mechanism.keyPairGen(NamedCurve.P256),
                            Template.label("laptop").onToken())
                    .publicKey())));
            Destination destination = new Destination(OpenSshServer.USER, sshd.port(), sshd.hostKey());

            List<Client> clients =
                    List.of(MinaClient::login, SshjClient::login, JschClient::login, ConnectBotClient::login);
            for (Client client : clients) {
                assertThat(client.login(session, "laptop", destination))
                        .as(sshd.log())
                        .isNotEmpty();
            }
        }
    }
}

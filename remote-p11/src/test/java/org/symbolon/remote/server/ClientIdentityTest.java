package org.symbolon.remote.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Status;
import org.symbolon.TokenPermissionException;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.serve.ClientIdentity;

@Timeout(60)
class ClientIdentityTest {
    private static final RpcMessage OPEN = RpcMessage.of(RpcCall.OPEN_SESSION, new Ulong(1), new Ulong(4));

    @TempDir
    Path folder;

    @Test
    void sessions_ofAUnixClient_areAskedForInItsUsersName() throws Exception {
        List<ClientIdentity> asked = new CopyOnWriteArrayList<>();
        try (TestClients clients = new TestClients();
                RemoteTokenServer server = RemoteTokenServer.builder()
                        .module(clients.module())
                        .unixSocket(folder.resolve("s"))
                        .sessions((client, session) -> {
                            asked.add(client);
                            return session;
                        })
                        .start();
                WireClient client = WireClient.initialized(folder.resolve("s"))) {
            assertThat(client.call(OPEN).failure()).isZero();
            assertThat(client.call(OPEN).failure()).isZero();
            assertThat(asked)
                    .containsExactly(new ClientIdentity(
                            ClientIdentity.Kind.UNIX_USER,
                            Files.getOwner(folder).getName()));
            assertThat(asked.get(0))
                    .hasToString("user " + Files.getOwner(folder).getName());
            assertThat(server.metrics()).contains("\nsymbolon_sessions 2\n");
        }
    }

    @Test
    void client_whoMayNot_getsNoSession() throws Exception {
        try (TestClients clients = new TestClients();
                RemoteTokenServer server = RemoteTokenServer.builder()
                        .module(clients.module())
                        .unixSocket(folder.resolve("s"))
                        .sessions((client, session) -> {
                            throw new TokenPermissionException(
                                    Status.ckr("CKR_TOKEN_NOT_PRESENT"), client + " may not use the token");
                        })
                        .start();
                WireClient client = WireClient.initialized(folder.resolve("s"))) {
            assertThat(client.call(OPEN).failure())
                    .isEqualTo(Status.ckr("CKR_TOKEN_NOT_PRESENT").code());
            assertThat(server.metrics()).contains("\nsymbolon_sessions 0\n");
        }
    }
}

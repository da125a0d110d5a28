package org.symbolon.tests.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.tests.SoftTokens;

/** Who has no ticket, an old one or one for somebody else is told so, and gets nothing. */
class KerberosRefusalsTest {
    @TempDir
    Path folder;

    private Kdc kdc;
    private TokenModule tokens;
    private RemoteTokenServer server;

    @BeforeEach
    void serve() throws Exception {
        kdc = Kdc.ofThisJvm();
        tokens = SoftTokens.inMemory();
        SoftTokens.make(tokens, "Served");
        server = serveWith(kdc.service("pkcs11/localhost"));
    }

    private RemoteTokenServer serveWith(Path keyTable) throws IOException {
        return RemoteTokenServer.builder()
                .module(tokens)
                .kerberos(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keyTable, "*")
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        tokens.close();
    }

    private TokenModule open(RemoteTokenServer of, String setting, Path file) throws TokenException {
        String address = of.addresses().get(0);
        return TokenModule.open(
                "p11:krb5://localhost:" + address.substring(address.lastIndexOf(':') + 1),
                ModuleOptions.ofDefaults().withSetting(setting, file.toString()));
    }

    @Test
    void open_withATicket_seesTheTokens() throws Exception {
        try (TokenModule module = open(server, "ticket-cache", kdc.ticket("bob", "1h"))) {
            assertThat(module.token("Served").info().label()).isEqualTo("Served");
        }
    }

    @Test
    void open_withoutATicket_saysThatKinitGetsOne() {
        assertThatThrownBy(() -> open(server, "ticket-cache", folder.resolve("nothing")))
                .isInstanceOf(TokenAuthenticationException.class)
                .hasMessageContaining("kinit");
    }

    @Test
    void open_withAnExpiredTicket_isRefused() throws Exception {
        Path cache = kdc.ticket("carol", "1s");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThatThrownBy(() -> {
                            try (TokenModule module = open(server, "ticket-cache", cache)) {
                                assertThat(module.slots()).isNotEmpty();
                            }
                        })
                        .isInstanceOf(TokenAuthenticationException.class));
    }

    @Test
    void open_atAServiceWithAnotherKey_isRefused() throws Exception {
        try (RemoteTokenServer other = serveWith(kdc.service("imap/localhost"))) {
            assertThatThrownBy(() -> open(other, "ticket-cache", kdc.ticket("bob", "1h")))
                    .isInstanceOf(TokenAuthenticationException.class)
                    .hasMessageContaining("refuses the ticket");
        }
    }

    @Test
    void server_withoutAKey_doesNotStart() {
        assertThatThrownBy(() -> serveWith(folder.resolve("none.keytab")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no key table");
    }
}

package org.symbolon.tests.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** The same as by TLS, by ONC RPC under tickets of a real KDC. */
class SoftTokenServedByKerberosTest extends TokenContracts {
    private static Path keyTable;
    private static Path tickets;

    @BeforeAll
    static void startKdc() throws Exception {
        Kdc kdc = Kdc.ofThisJvm();
        keyTable = kdc.service("pkcs11/localhost");
        tickets = kdc.ticket("alice", "1h");
    }

    @Override
    protected TokenFixture newFixture() {
        try {
            return new ByKerberos();
        } catch (IOException | TokenException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class ByKerberos extends ServedSoftToken {
        ByKerberos() throws IOException, TokenException {
            super(RemoteTokenServer.builder()
                    .kerberos(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), keyTable, "pkcs11/localhost"));
        }

        @Override
        protected String uri(String address) {
            return "p11:krb5://localhost:" + address.substring(address.lastIndexOf(':') + 1);
        }

        @Override
        protected ModuleOptions with(ModuleOptions options) {
            return options.withSetting("ticket-cache", tickets.toString());
        }
    }
}

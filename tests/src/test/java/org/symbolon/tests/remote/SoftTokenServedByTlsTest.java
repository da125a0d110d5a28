package org.symbolon.tests.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.config.SecretReference;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.serve.TlsFiles;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** The same as over a unix socket, by TLS with a certificate at both ends. */
class SoftTokenServedByTlsTest extends TokenContracts {
    @TempDir
    private static Path folder;

    private static TlsKeys keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = TlsKeys.make(folder, "server", "client");
    }

    @Override
    protected TokenFixture newFixture() {
        try {
            return new ByTls(keys);
        } catch (IOException | TokenException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class ByTls extends ServedSoftToken {
        private final TlsKeys keys;

        ByTls(TlsKeys keys) throws IOException, TokenException {
            super(RemoteTokenServer.builder()
                    .tls(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            new TlsFiles(
                                    keys.keyStore("server"),
                                    new SecretReference.SecretFile(keys.password()),
                                    keys.certificate("client"),
                                    Optional.empty())));
            this.keys = keys;
        }

        @Override
        protected String uri(String address) {
            return "p11:tls://localhost:" + address.substring(address.lastIndexOf(':') + 1);
        }

        @Override
        protected ModuleOptions with(ModuleOptions options) {
            return keys.with(options, "server", "client");
        }
    }
}

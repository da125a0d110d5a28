package org.symbolon.tests.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** Both ends are ours: a soft token, served on a unix socket, is as good as it is at first hand. */
class SoftTokenServedTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        try {
            return new OnUnixSocket(Files.createTempDirectory("symbolon-served"));
        } catch (IOException | TokenException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class OnUnixSocket extends ServedSoftToken {
        private final Path folder;

        OnUnixSocket(Path folder) throws IOException, TokenException {
            super(RemoteTokenServer.builder().unixSocket(folder.resolve("p11.sock")));
            this.folder = folder;
        }

        @Override
        protected String uri(String address) {
            return "p11:" + address;
        }

        @Override
        protected ModuleOptions with(ModuleOptions options) {
            return options;
        }

        @Override
        public void close() {
            super.close();
            try {
                Files.deleteIfExists(folder.resolve("p11.sock"));
                Files.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

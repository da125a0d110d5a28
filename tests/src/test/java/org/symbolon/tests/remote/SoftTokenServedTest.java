package org.symbolon.tests.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.soft.KdfParameters;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** Both ends are ours: a soft token, served on a unix socket, is as good as it is at first hand. */
class SoftTokenServedTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        try {
            return new Served(Files.createTempDirectory("symbolon-served"));
        } catch (IOException | TokenException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Served implements TokenFixture {
        private final Path folder;
        private final TokenModule tokens;
        private final RemoteTokenServer server;

        Served(Path folder) throws IOException, TokenException {
            this.folder = folder;
            this.tokens = TokenModule.open(
                    "soft:memory:" + UUID.randomUUID(),
                    ModuleOptions.ofDefaults()
                            .withSetting("kdf", KdfParameters.floor().toString())
                            .withSetting("pin-tries", Integer.toString(pinTries())));
            this.server = RemoteTokenServer.builder()
                    .module(tokens)
                    .unixSocket(folder.resolve("p11.sock"))
                    .start();
        }

        @Override
        public TokenModule open(ModuleOptions options) throws TokenException {
            return TokenModule.open("p11:" + server.addresses().get(0), options);
        }

        @Override
        public int pinTries() {
            return 3;
        }

        @Override
        public Map<String, String> exclusions() {
            String reason = "PKCS #11 says when one try is left and when none is, and no other count";
            return Map.of(
                    "open_withWrongPins_countsDownAndLocks", reason,
                    "open_withTheRightPinInBetween_startsTheCountAnew", reason);
        }

        @Override
        public void close() {
            server.close();
            tokens.close();
            try {
                Files.deleteIfExists(folder.resolve("p11.sock"));
                Files.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package org.symbolon.tests.kmip;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.tests.contract.TokenContracts;
import org.symbolon.tests.contract.TokenFixture;

/** A token over PyKMIP's server, which keeps no vendors' attributes, and makes and uses RSA and symmetric keys only. */
class KmipPykmipContractTest extends TokenContracts {
    @Override
    protected TokenFixture newFixture() {
        try {
            return new Pykmip(PykmipServer.start(Files.createTempDirectory("symbolon-pykmip")));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Pykmip implements TokenFixture {
        private final PykmipServer server;
        private final List<TokenModule> more = new ArrayList<>();

        Pykmip(PykmipServer server) {
            this.server = server;
        }

        @Override
        public TokenModule open(ModuleOptions options) throws TokenException {
            return open(options, "Contract");
        }

        private TokenModule open(ModuleOptions options, String group) throws TokenException {
            return TokenModule.open(server.uri(), server.with(options).withSetting("groups", group));
        }

        @Override
        public Token newToken(TokenModule module, String label) throws TokenException {
            if (label.equals("Contract")) {
                return module.token(label);
            }
            TokenModule other = open(ModuleOptions.ofDefaults(), label);
            more.add(other);
            return other.token(label);
        }

        @Override
        public Login user() {
            return Login.identity();
        }

        @Override
        public int pinTries() {
            return 1;
        }

        @Override
        public Map<String, String> exclusions() {
            return KmipExclusions.OF_PYKMIP;
        }

        @Override
        public void close() {
            more.forEach(TokenModule::close);
            server.close();
        }
    }
}

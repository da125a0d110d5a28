package org.symbolon.tests.remote;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.remote.server.RemoteTokenServer;
import org.symbolon.remote.server.RemoteTokenServerBuilder;
import org.symbolon.soft.KdfParameters;
import org.symbolon.tests.contract.TokenFixture;

/** A soft token in memory behind our server, for our client to try the contracts on. */
abstract class ServedSoftToken implements TokenFixture {
    private final TokenModule tokens;
    private final RemoteTokenServer server;

    /** Serves it where the builder says. */
    ServedSoftToken(RemoteTokenServerBuilder builder) throws IOException, TokenException {
        tokens = TokenModule.open(
                "soft:memory:" + UUID.randomUUID(),
                ModuleOptions.ofDefaults()
                        .withSetting("kdf", KdfParameters.floor().toString())
                        .withSetting("pin-tries", Integer.toString(pinTries())));
        server = builder.module(tokens).start();
    }

    /** Returns the module's URI at an address of the server. */
    protected abstract String uri(String address);

    /** Returns the options with what the transport wants. */
    protected abstract ModuleOptions with(ModuleOptions options);

    @Override
    public TokenModule open(ModuleOptions options) throws TokenException {
        return TokenModule.open(uri(server.addresses().get(0)), with(options));
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
    }
}

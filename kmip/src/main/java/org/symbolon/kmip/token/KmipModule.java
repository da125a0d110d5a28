package org.symbolon.kmip.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.ModuleInfo;
import org.symbolon.TokenException;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.SlotSpi;

/** A server as a module: a slot for each Object Group that is a token, or one for all of it. */
final class KmipModule implements ModuleSpi {
    private final ServerUri uri;
    private final Server server;
    private final List<KmipToken> tokens;

    private KmipModule(ServerUri uri, Server server, List<KmipToken> tokens) {
        this.uri = uri;
        this.server = server;
        this.tokens = tokens;
    }

    static KmipModule open(TokenSettings settings, ServerUri uri) throws TokenException {
        Server server = Server.open(settings, uri);
        MemoryToken memory = new MemoryToken();
        List<KmipToken> tokens = new ArrayList<>();
        if (settings.groups().isEmpty()) {
            tokens.add(new KmipToken(server, memory, Optional.empty()));
        }
        for (String group : settings.groups()) {
            tokens.add(new KmipToken(server, memory, Optional.of(group)));
        }
        return new KmipModule(uri, server, List.copyOf(tokens));
    }

    @Override
    public ModuleInfo info() {
        return new ModuleInfo("KMIP server " + uri.nodes().get(0), "Symbolon", "0.1");
    }

    @Override
    public List<? extends SlotSpi> slots(CallOptions options) {
        List<SlotSpi> slots = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            slots.add(new KmipSlot(i, tokens.get(i)));
        }
        return slots;
    }

    @Override
    public void close() {
        tokens.forEach(KmipToken::close);
        server.close();
    }
}

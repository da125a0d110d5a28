package org.symbolon.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.symbolon.ModuleInfo;
import org.symbolon.ModuleOptions;
import org.symbolon.ModuleUri;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleFactory;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.SlotSpi;

/** The backend of {@code empty:} URIs: a module without slots, with three settings, one of them a secret. */
public final class EmptyBackend implements ModuleFactory {
    @Override
    public Set<String> schemes() {
        return Set.of("empty");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "pin-tries", "how many wrong PINs lock", "kdf", "how PINs become keys", "password", "the database's");
    }

    @Override
    public Set<String> secretSettings() {
        return Set.of("password");
    }

    @Override
    public ModuleSpi open(ModuleUri uri, ModuleOptions options) {
        return new ModuleSpi() {
            @Override
            public ModuleInfo info() {
                return new ModuleInfo(
                        options.settings().toString(), options.timeout().toString(), "1.0");
            }

            @Override
            public List<SlotSpi> slots(CallOptions call) {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}

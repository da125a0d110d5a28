package org.symbolon.spi;

import java.util.List;
import java.util.Map;
import org.symbolon.ModuleInfo;
import org.symbolon.TokenException;

/** What a backend's module does. Thread-safe. */
public interface ModuleSpi extends AutoCloseable {
    /** {@return what the module says of itself. Does not block} */
    ModuleInfo info();

    /**
     * Returns the slots as they are now.
     *
     * @param options what accompanies the call
     * @return the slots, in an order that does not change while the module is open
     * @throws TokenException if the backend does not answer
     */
    List<? extends SlotSpi> slots(CallOptions options) throws TokenException;

    /**
     * Returns what the module counts of itself, for those who watch it: how many connections it has, how many of its servers
     * are down. Does not block.
     *
     * @return numbers by their name, which is lower-case words with {@code _} between them; always the same names
     */
    default Map<String, Double> measurements() {
        return Map.of();
    }

    /** Releases everything. Its sessions are closed before. Idempotent, throws nothing. */
    @Override
    void close();
}

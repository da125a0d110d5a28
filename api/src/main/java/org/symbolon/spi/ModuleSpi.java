package org.symbolon.spi;

import java.util.List;
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

    /** Releases everything. Its sessions are closed before. Idempotent, throws nothing. */
    @Override
    void close();
}

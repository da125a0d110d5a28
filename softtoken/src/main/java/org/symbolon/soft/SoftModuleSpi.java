package org.symbolon.soft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.ModuleInfo;
import org.symbolon.TokenException;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.DatabaseLocation;
import org.symbolon.soft.store.TokenTable;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.SlotSpi;

/** A database of tokens: a slot for each, and an empty one. */
final class SoftModuleSpi implements ModuleSpi {
    static final String MANUFACTURER = "Symbolon";

    private final OpenDatabase database;
    private final SoftSettings settings;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SoftModuleSpi(OpenDatabase database, SoftSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    static SoftModuleSpi open(DatabaseLocation location, SoftSettings settings, Duration timeout)
            throws TokenException {
        return new SoftModuleSpi(OpenDatabase.acquire(location, Deadline.after(timeout)), settings);
    }

    @Override
    public ModuleInfo info() {
        return new ModuleInfo("Symbolon soft token", MANUFACTURER, "0.1");
    }

    @Override
    public List<? extends SlotSpi> slots(CallOptions options) throws TokenException {
        List<TokenRecord> tokens = database.database().read(options.deadline(), TokenTable::all);
        List<SoftSlot> slots = new ArrayList<>();
        long next = 0;
        for (TokenRecord token : tokens) {
            slots.add(slot(token.slot()));
            next = Math.max(next, token.slot() + 1);
        }
        slots.add(slot(next));
        return slots;
    }

    private SoftSlot slot(long slot) {
        return new SoftSlot(database.token(slot), settings);
    }

    Map<String, Bytes> verifyKeys() throws TokenException {
        Map<String, Bytes> keys = new LinkedHashMap<>();
        Deadline deadline = Deadline.after(Duration.ofSeconds(30));
        for (TokenRecord token : database.database().read(deadline, TokenTable::all)) {
            keys.put(SoftToken.serial(token.uuid()), token.verifyKey());
        }
        return keys;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            database.release();
        }
    }
}

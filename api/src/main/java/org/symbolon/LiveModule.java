package org.symbolon;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.ModuleSpi;
import org.symbolon.spi.SlotSpi;
import org.symbolon.spi.TokenSpi;

/** The module of a live token: one slot, and the token in it. */
record LiveModule(LiveConnection connection, ModuleInfo info) implements ModuleSpi {
    @Override
    public List<? extends SlotSpi> slots(CallOptions options) throws TokenException {
        return List.of(new LiveSlot(connection, connection.current().token().slotInfo()));
    }

    @Override
    public Map<String, Double> measurements() {
        return connection.current().token().module().measurements();
    }

    @Override
    public void close() {
        connection.close();
    }

    private record LiveSlot(LiveConnection connection, SlotInfo info) implements SlotSpi {
        @Override
        public Optional<TokenSpi> token(CallOptions options) {
            return Optional.of(connection);
        }

        @Override
        public TokenSpi initialize(String label, Pin soPin, CallOptions options) throws TokenException {
            throw new TokenPermissionException(
                    Status.ckr("CKR_FUNCTION_NOT_SUPPORTED"),
                    "a live token is in use; initialize it through a module of its own");
        }
    }
}

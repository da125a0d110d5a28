package org.symbolon.remote.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.Change;
import org.symbolon.Deadline;
import org.symbolon.InvalidAttributeException;
import org.symbolon.Pin;
import org.symbolon.SlotInfo;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenOperationException;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Text;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.SlotSpi;
import org.symbolon.spi.TokenSpi;

/** A slot of a remote module. */
final class RemoteSlot implements SlotSpi {
    private static final int LABEL_BYTES = 32;

    private final RemoteModule module;
    private final SlotTable.Entry entry;

    RemoteSlot(RemoteModule module, SlotTable.Entry entry) {
        this.module = module;
        this.entry = entry;
    }

    @Override
    public SlotInfo info() {
        return entry.info();
    }

    /** Something to be asked about the slot, as the connection numbers it. */
    @FunctionalInterface
    interface SlotQuestion<R> {
        R ask(RpcConnection connection, Ulong slot) throws TokenException, ConnectionLostException;
    }

    <R> R ask(Deadline deadline, SlotQuestion<R> question) throws TokenException {
        return module.control()
                .ask(deadline, rpc -> question.ask(rpc, new Ulong(module.slots().slot(entry, rpc, deadline))));
    }

    @Override
    public Optional<TokenSpi> token(CallOptions options) throws TokenException {
        return tokenInfo(options.deadline()).map(this::token);
    }

    private TokenSpi token(TokenInfo token) {
        return new RemoteToken(module, this, TokenName.of(token));
    }

    /** Returns what the token in this slot says of itself, if there is one and it is initialized. */
    Optional<TokenInfo> tokenInfo(Deadline deadline) throws TokenException {
        return ask(
                deadline,
                (rpc, slot) -> SlotTable.initialized(
                        rpc.exchange(List.of(RpcMessage.of(RpcCall.GET_TOKEN_INFO, slot)), deadline)
                                .get(0)));
    }

    @Override
    public TokenSpi initialize(String label, Pin soPin, CallOptions options) throws TokenException {
        byte[] padded = padded(label);
        Deadline deadline = options.deadline();
        Optional<TokenInfo> before = tokenInfo(deadline);
        if (before.isPresent() && module.pools().hasSessions(TokenName.of(before.get()))) {
            throw new TokenOperationException(
                    Status.ckr("CKR_SESSION_EXISTS"), "sessions are open on the token; close them first");
        }
        byte[] pin = soPin.toUtf8();
        try {
            TokenInfo made = module.control().order(deadline, rpc -> initialize(rpc, padded, pin, deadline));
            module.tell(TokenName.of(made), Change.any());
            return token(made);
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    private TokenInfo initialize(RpcConnection rpc, byte[] label, byte[] pin, Deadline deadline)
            throws TokenException, ConnectionLostException {
        Ulong slot = new Ulong(module.slots().slot(entry, rpc, deadline));
        RpcCall call = rpc.dialect().version() == 0 ? RpcCall.INIT_TOKEN : RpcCall.INIT_TOKEN_2;
        rpc.call(RpcMessage.of(call, slot, new Data(Bytes.wrap(pin)), new Text(Bytes.wrap(label))), deadline);
        TokenInfo made = SlotTable.initialized(rpc.call(RpcMessage.of(RpcCall.GET_TOKEN_INFO, slot), deadline))
                .orElseThrow(() -> Failures.of(
                        Status.ckr("CKR_TOKEN_NOT_PRESENT"), "the slot is empty after the token was initialized"));
        module.slots().holds(entry, made);
        rpc.close(); // some modules show a new empty slot to new applications only
        return made;
    }

    private static byte[] padded(String label) throws TokenException {
        byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 1 || bytes.length > LABEL_BYTES) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ARGUMENTS_BAD"), "a token's label has 1 to 32 bytes, not " + bytes.length);
        }
        byte[] padded = new byte[LABEL_BYTES];
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy(bytes, 0, padded, 0, bytes.length);
        return padded;
    }
}

package org.symbolon.remote.client;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.Deadline;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenInfo;
import org.symbolon.TokenUnavailableException;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.SessionSpi;
import org.symbolon.spi.TokenSpi;

/** A token of a remote module. */
final class RemoteToken implements TokenSpi {
    private static final int MAX_MECHANISMS = 8192;
    private static final int MIN_KEY_SIZE = 0;
    private static final int MAX_KEY_SIZE = 1;
    private static final int FLAGS = 2;

    private final RemoteModule module;
    private final RemoteSlot slot;
    private final TokenName name;
    private volatile @Nullable Set<MechanismType> offered;

    RemoteToken(RemoteModule module, RemoteSlot slot, TokenName name) {
        this.module = module;
        this.slot = slot;
        this.name = name;
    }

    RemoteModule module() {
        return module;
    }

    TokenName name() {
        return name;
    }

    @Override
    public TokenInfo info(CallOptions options) throws TokenException {
        return info(options.deadline());
    }

    TokenInfo info(Deadline deadline) throws TokenException {
        return slot.tokenInfo(deadline)
                .filter(info -> TokenName.of(info).equals(name))
                .orElseThrow(() -> new TokenUnavailableException(
                        Status.ckr("CKR_TOKEN_NOT_PRESENT"),
                        "slot " + slot.info().slotId() + " no longer holds the token \"" + name.label()
                                + "\"; list the slots again"));
    }

    @Override
    public Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) throws TokenException {
        Deadline deadline = options.deadline();
        Map<MechanismType, MechanismInfo> mechanisms = ask(deadline);
        MechanismInfo ecdsa = mechanisms.get(Mechanism.ECDSA.type());
        if (ecdsa != null) {
            for (MechanismTable.Row row : MechanismTable.rows()) {
                if (LocalHash.ofEcdsa(row.type()).isPresent()) {
                    mechanisms.putIfAbsent(row.type(), ecdsa);
                }
            }
        }
        return mechanisms;
    }

    /** Returns the mechanisms that the token itself has, as they were when a session was first opened. */
    Set<MechanismType> offered(Deadline deadline) throws TokenException {
        Set<MechanismType> known = offered;
        if (known == null) {
            known = slot.ask(deadline, (rpc, slotId) -> Set.copyOf(types(rpc, slotId, deadline)));
            offered = known;
        }
        return known;
    }

    private static List<MechanismType> types(RpcConnection rpc, Ulong slotId, Deadline deadline)
            throws TokenException, ConnectionLostException {
        WireMechanisms wire = new WireMechanisms(rpc.dialect());
        RpcMessage reply =
                rpc.call(RpcMessage.of(RpcCall.GET_MECHANISM_LIST, slotId, new Buffer(MAX_MECHANISMS)), deadline);
        return TokenConnection.ulongs(reply, MAX_MECHANISMS).stream()
                .map(MechanismType::new)
                .filter(wire::carries)
                .toList();
    }

    private Map<MechanismType, MechanismInfo> ask(Deadline deadline) throws TokenException {
        return slot.ask(deadline, (rpc, slotId) -> {
            List<MechanismType> types = types(rpc, slotId, deadline);
            List<RpcMessage> replies = rpc.exchange(
                    types.stream()
                            .map(type -> RpcMessage.of(RpcCall.GET_MECHANISM_INFO, slotId, new Ulong(type.code())))
                            .toList(),
                    deadline);
            Map<MechanismType, MechanismInfo> mechanisms = new LinkedHashMap<>();
            for (int i = 0; i < replies.size(); i++) {
                if (replies.get(i).failure() == 0) {
                    mechanisms.put(types.get(i), info(replies.get(i)));
                }
            }
            return mechanisms;
        });
    }

    private static MechanismInfo info(RpcMessage reply) {
        Set<MechanismFunction> functions = EnumSet.noneOf(MechanismFunction.class);
        for (MechanismFunction function : MechanismFunction.values()) {
            if ((reply.ulong(FLAGS) & function.flag()) != 0) {
                functions.add(function);
            }
        }
        return new MechanismInfo(reply.ulong(MIN_KEY_SIZE), reply.ulong(MAX_KEY_SIZE), functions);
    }

    @Override
    public SessionSpi open(Login login, boolean readOnly, CallOptions options) throws TokenException {
        return RemoteSession.open(this, new SessionScope(this), login, readOnly, options.deadline());
    }

    @Override
    public ChangeSubscription changes(ChangeListener listener) {
        return module.subscribe(name, listener);
    }

    @Override
    public Duration changeDelay() {
        return module.refresh();
    }
}

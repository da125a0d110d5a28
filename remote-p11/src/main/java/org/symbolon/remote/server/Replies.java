package org.symbolon.remote.server;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.symbolon.AttributeType;
import org.symbolon.Bytes;
import org.symbolon.KeyType;
import org.symbolon.MechanismFunction;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismTable;
import org.symbolon.MechanismType;
import org.symbolon.SlotInfo;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.DataLength;
import org.symbolon.remote.rpc.Argument.Text;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.UlongCount;
import org.symbolon.remote.rpc.Argument.Ulongs;
import org.symbolon.remote.rpc.Argument.Version;
import org.symbolon.remote.rpc.Dialect;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/** Replies of the kinds that there are. */
final class Replies {
    private static final Ulong EFFECTIVELY_INFINITE = new Ulong(0); // CK_EFFECTIVELY_INFINITE
    private static final int MANY_SESSIONS = 1024;
    private static final Version NO_VERSION = new Version(0, 0);
    private static final Version CRYPTOKI = new Version(3, 2);
    private static final Version CRYPTOKI_OF_OLD_CLIENTS = new Version(2, 40);
    private static final Version LIBRARY = new Version(0, 1);
    private static final long TOKEN_PRESENT = 1; // CKF_TOKEN_PRESENT
    private static final long RESTORE_KEY_NOT_NEEDED = 0x20; // CKF_RESTORE_KEY_NOT_NEEDED: no state is ever saved
    private static final long EC_F_P = 0x0010_0000L; // CKF_EC_F_P
    private static final long EC_OID = 0x0080_0000L; // CKF_EC_OID
    private static final long EC_UNCOMPRESS = 0x0100_0000L; // CKF_EC_UNCOMPRESS
    private static final Set<KeyType> CURVE_KEYS = Set.of(KeyType.EC, KeyType.EC_EDWARDS, KeyType.EC_MONTGOMERY);

    private Replies() {}

    static RpcMessage done(RpcCall call) {
        return RpcMessage.of(call);
    }

    static RpcMessage ulongs(RpcCall call, long... values) {
        return RpcMessage.of(call, Arrays.stream(values).mapToObj(Ulong::new).toArray(Argument[]::new));
    }

    /** Returns output, or how long it would be. */
    static RpcMessage output(RpcCall call, Output output) {
        return RpcMessage.of(
                call, output.fits() ? new Data(Bytes.wrap(output.data())) : new DataLength(output.length()));
    }

    /** Returns numbers, or how many there are if the caller has no room for them. */
    static RpcMessage list(RpcCall call, List<Long> values, Argument room) {
        long capacity = ((Buffer) room).capacity();
        boolean fits = capacity != 0 && (capacity == Buffer.EMPTY_BUFFER ? 0 : capacity) >= values.size();
        return RpcMessage.of(call, fits ? new Ulongs(values) : new UlongCount(values.size()));
    }

    /** A client that knows no function of version 3 is told of version 2.40: NSS calls what the version promises. */
    static RpcMessage info(Dialect dialect) {
        return RpcMessage.of(
                RpcCall.GET_INFO,
                dialect.version() == 0 ? CRYPTOKI_OF_OLD_CLIENTS : CRYPTOKI,
                text("Symbolon", 32),
                new Ulong(0),
                text("Symbolon token server", 32),
                LIBRARY);
    }

    static RpcMessage slot(SlotInfo slot) {
        return RpcMessage.of(
                RpcCall.GET_SLOT_INFO,
                text(slot.description(), 64),
                text(slot.manufacturer(), 32),
                new Ulong(TOKEN_PRESENT),
                NO_VERSION,
                NO_VERSION);
    }

    static RpcMessage token(SlotFunctions.TokenDescription token) {
        TokenInfo info = token.info();
        long flags = info.flags().stream().mapToLong(TokenFlag::flag).reduce(0, (a, b) -> a | b);
        Ulong maxSessions =
                token.maxSessions() >= MANY_SESSIONS ? EFFECTIVELY_INFINITE : new Ulong(token.maxSessions());
        return RpcMessage.of(
                RpcCall.GET_TOKEN_INFO,
                text(info.label(), 32),
                text(info.manufacturer(), 32),
                text(info.model(), 16),
                text(info.serialNumber(), 16),
                new Ulong(flags | RESTORE_KEY_NOT_NEEDED),
                maxSessions,
                new Ulong(token.sessions()),
                maxSessions,
                new Ulong(token.writingSessions()),
                new Ulong(info.maxPinBytes()),
                new Ulong(info.minPinBytes()),
                EFFECTIVELY_INFINITE,
                EFFECTIVELY_INFINITE,
                EFFECTIVELY_INFINITE,
                EFFECTIVELY_INFINITE,
                NO_VERSION,
                NO_VERSION,
                text("", 16));
    }

    static RpcMessage mechanism(MechanismType type, MechanismInfo info) {
        long functions =
                info.functions().stream().mapToLong(MechanismFunction::flag).reduce(0, (a, b) -> a | b);
        boolean onCurves = MechanismTable.row(type)
                .flatMap(MechanismTable.Row::keyType)
                .filter(CURVE_KEYS::contains)
                .isPresent();
        long flags = functions | (onCurves ? EC_F_P | EC_OID | EC_UNCOMPRESS : 0);
        return ulongs(RpcCall.GET_MECHANISM_INFO, info.minKeySize(), info.maxKeySize(), flags);
    }

    /** Returns text in its fixed length: cut between two characters, or padded with blanks. */
    private static Text text(String text, int length) {
        byte[] encoded = AttributeType.STRING.encode(text);
        int end = Math.min(encoded.length, length);
        while (end < encoded.length && end > 0 && (encoded[end] & 0xc0) == 0x80) {
            end--;
        }
        byte[] padded = " ".repeat(length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(encoded, 0, padded, 0, end);
        return new Text(Bytes.wrap(padded));
    }
}

package org.symbolon.remote.client;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.symbolon.Bytes;
import org.symbolon.ModuleInfo;
import org.symbolon.Pin;
import org.symbolon.SlotInfo;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.RpcMessage;

/** Reads what modules, slots and tokens say of themselves. */
final class TokenInfos {
    private static final int FLAGS = 4;
    private static final int MAX_PIN = 9;
    private static final int MIN_PIN = 10;

    private TokenInfos() {}

    static ModuleInfo module(RpcMessage reply, String fallback) {
        Argument.Version version = (Argument.Version) reply.get(4);
        String description = text(reply.text(3));
        String manufacturer = text(reply.text(1));
        return new ModuleInfo(
                description.isEmpty() ? fallback : description,
                manufacturer.isEmpty() ? "unknown" : manufacturer,
                version.major() + "." + version.minor());
    }

    static SlotInfo slot(RpcMessage reply, long slot) {
        String description = text(reply.text(0));
        return new SlotInfo(slot, description.isEmpty() ? "slot " + slot : description, text(reply.text(1)));
    }

    static TokenInfo token(RpcMessage reply) {
        Set<TokenFlag> flags = EnumSet.noneOf(TokenFlag.class);
        for (TokenFlag flag : TokenFlag.values()) {
            if ((reply.ulong(FLAGS) & flag.flag()) != 0) {
                flags.add(flag);
            }
        }
        return new TokenInfo(
                text(reply.text(0)),
                text(reply.text(1)),
                text(reply.text(2)),
                text(reply.text(3)),
                flags,
                pinBytes(reply.ulong(MIN_PIN), 0),
                pinBytes(reply.ulong(MAX_PIN), Pin.MAX_BYTES),
                triesLeft(flags));
    }

    private static int pinBytes(long said, int unsaid) {
        return said < 0 || said > Pin.MAX_BYTES ? unsaid : (int) said;
    }

    /** PKCS #11 does not count, but says when there is one try and when there is none. */
    private static OptionalInt triesLeft(Set<TokenFlag> flags) {
        if (flags.contains(TokenFlag.USER_PIN_LOCKED)) {
            return OptionalInt.of(0);
        }
        return flags.contains(TokenFlag.USER_PIN_FINAL_TRY) ? OptionalInt.of(1) : OptionalInt.empty();
    }

    /** Returns text without its padding. */
    private static String text(Bytes padded) {
        String text = new String(padded.sharedArray(), StandardCharsets.UTF_8);
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\0')) {
            end--;
        }
        return text.substring(0, end);
    }
}

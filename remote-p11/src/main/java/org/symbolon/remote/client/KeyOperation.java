package org.symbolon.remote.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.remote.client.SessionKeys.Begin;
import org.symbolon.remote.rpc.Argument;
import org.symbolon.remote.rpc.Argument.Buffer;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.remote.rpc.RpcMessage;

/**
 * An operation from its beginning to its end, and the calls that it can be made of.
 *
 * @param begin how it begins
 * @param call the call that does it in a session, and ends it
 * @param atOnce the call that does all of it at a peer of ours
 * @param data what it takes: the data, and for a verification the signature
 * @param capacity the room for the output; none for a verification
 * @param result what the reply to the last call gives
 * @param <R> what that is
 */
record KeyOperation<R>(
        Begin begin, RpcCall call, RpcCall atOnce, List<Data> data, Optional<Buffer> capacity, Result<R> result) {
    /** Reads a reply, which may be that the call failed. */
    @FunctionalInterface
    interface Result<R> {
        R of(RpcMessage reply) throws TokenException;
    }

    static KeyOperation<byte[]> transforming(Begin begin, RpcCall call, RpcCall atOnce, Bytes data, int capacity) {
        return new KeyOperation<>(
                begin,
                call,
                atOnce,
                List.of(new Data(data)),
                Optional.of(new Buffer(capacity)),
                reply -> TokenConnection.content(TokenConnection.bytes(reply)));
    }

    /** Returns the call that does it in a session where it has begun. */
    RpcMessage in(long session) {
        List<Argument> arguments = new ArrayList<>(data.size() + 2);
        arguments.add(new Ulong(session));
        arguments.addAll(data);
        capacity.ifPresent(arguments::add);
        return new RpcMessage(call, arguments);
    }

    /** Returns the call that does all, given the one that would begin. */
    RpcMessage atOnce(RpcMessage first) {
        List<Argument> arguments = new ArrayList<>(first.arguments().size() + data.size());
        arguments.addAll(first.arguments());
        arguments.addAll(data);
        return new RpcMessage(atOnce, arguments);
    }
}

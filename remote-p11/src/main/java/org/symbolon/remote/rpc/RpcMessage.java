package org.symbolon.remote.rpc;

import java.util.List;
import java.util.stream.Collectors;
import org.symbolon.Bytes;

/**
 * A request or a reply. Its {@code toString} names the call and the types and never shows a value.
 *
 * @param call the call
 * @param arguments its arguments, in the order of the signature
 */
public record RpcMessage(RpcCall call, List<Argument> arguments) {
    public RpcMessage {
        arguments = List.copyOf(arguments);
    }

    /**
     * Makes a message.
     *
     * @param call the call
     * @param arguments its arguments, in the order of the signature
     * @return the message
     */
    public static RpcMessage of(RpcCall call, Argument... arguments) {
        return new RpcMessage(call, List.of(arguments));
    }

    /**
     * Makes the reply that says that a call failed.
     *
     * @param returnValue the CKR_ number, not 0
     * @return the message
     */
    public static RpcMessage error(long returnValue) {
        return of(RpcCall.ERROR, new Argument.Ulong(returnValue));
    }

    /** {@return the CKR_ number of the failure that this reply tells, 0 if it tells none} */
    public long failure() {
        return call == RpcCall.ERROR ? ulong(0) : 0;
    }

    /**
     * Returns an argument that is a number.
     *
     * @param index its place
     * @return the number
     */
    public long ulong(int index) {
        return ((Argument.Ulong) arguments.get(index)).value();
    }

    /**
     * Returns an argument that is text.
     *
     * @param index its place
     * @return the bytes, with padding
     */
    public Bytes text(int index) {
        return ((Argument.Text) arguments.get(index)).bytes();
    }

    /**
     * Returns an argument.
     *
     * @param index its place
     * @return the argument
     */
    public Argument get(int index) {
        return arguments.get(index);
    }

    @Override
    public String toString() {
        return call.function()
                + arguments.stream()
                        .map(argument -> argument.getClass().getSimpleName())
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}

package org.symbolon.remote.crush;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.symbolon.remote.oncrpc.RpcProgram;
import org.symbolon.remote.rpc.RpcCall;

/** The procedures of Caml Crush's program. */
public final class CrushProgram {
    /** The program. */
    public static final RpcProgram PROGRAM = new RpcProgram(4, 3);
    /** c_SetupArch: the client says what its memory is like, the server answers with its own. */
    public static final long SETUP_ARCH = 2;
    /** c_LoadModule: the client names what it wants to use. */
    public static final long LOAD_MODULE = 70;
    /** Little-endian with 64 bits: the only memory that is spoken of here. */
    public static final long LITTLE_ENDIAN_64 = 1;
    /** The answer to any other. */
    public static final long UNSUPPORTED = 5;

    private static final int FIRST = 3;

    /** In the order of their numbers, from {@value #FIRST} on. */
    private static final List<RpcCall> CALLS = List.of(
            RpcCall.INITIALIZE,
            RpcCall.GET_SLOT_LIST,
            RpcCall.GET_INFO,
            RpcCall.WAIT_FOR_SLOT_EVENT,
            RpcCall.GET_SLOT_INFO,
            RpcCall.GET_TOKEN_INFO,
            RpcCall.LOGIN,
            RpcCall.LOGOUT,
            RpcCall.OPEN_SESSION,
            RpcCall.CLOSE_SESSION,
            RpcCall.FINALIZE,
            RpcCall.GET_MECHANISM_LIST,
            RpcCall.CLOSE_ALL_SESSIONS,
            RpcCall.GET_SESSION_INFO,
            RpcCall.GET_MECHANISM_INFO,
            RpcCall.INIT_PIN,
            RpcCall.SET_PIN,
            RpcCall.SEED_RANDOM,
            RpcCall.INIT_TOKEN,
            RpcCall.GENERATE_RANDOM,
            RpcCall.FIND_OBJECTS_INIT,
            RpcCall.FIND_OBJECTS,
            RpcCall.FIND_OBJECTS_FINAL,
            RpcCall.GENERATE_KEY,
            RpcCall.GENERATE_KEY_PAIR,
            RpcCall.CREATE_OBJECT,
            RpcCall.COPY_OBJECT,
            RpcCall.DESTROY_OBJECT,
            RpcCall.GET_ATTRIBUTE_VALUE,
            RpcCall.SET_ATTRIBUTE_VALUE,
            RpcCall.GET_OBJECT_SIZE,
            RpcCall.WRAP_KEY,
            RpcCall.UNWRAP_KEY,
            RpcCall.DERIVE_KEY,
            RpcCall.DIGEST_INIT,
            RpcCall.DIGEST,
            RpcCall.DIGEST_UPDATE,
            RpcCall.DIGEST_FINAL,
            RpcCall.DIGEST_KEY,
            RpcCall.SIGN_INIT,
            RpcCall.SIGN,
            RpcCall.SIGN_UPDATE,
            RpcCall.SIGN_FINAL,
            RpcCall.VERIFY_INIT,
            RpcCall.VERIFY,
            RpcCall.VERIFY_UPDATE,
            RpcCall.VERIFY_FINAL,
            RpcCall.ENCRYPT_INIT,
            RpcCall.ENCRYPT,
            RpcCall.ENCRYPT_UPDATE,
            RpcCall.ENCRYPT_FINAL,
            RpcCall.DECRYPT_INIT,
            RpcCall.DECRYPT,
            RpcCall.DECRYPT_UPDATE,
            RpcCall.DECRYPT_FINAL,
            RpcCall.SIGN_RECOVER_INIT,
            RpcCall.SIGN_RECOVER,
            RpcCall.VERIFY_RECOVER_INIT,
            RpcCall.VERIFY_RECOVER,
            RpcCall.DIGEST_ENCRYPT_UPDATE,
            RpcCall.SIGN_ENCRYPT_UPDATE,
            RpcCall.DECRYPT_DIGEST_UPDATE,
            RpcCall.DECRYPT_VERIFY_UPDATE,
            RpcCall.GET_OPERATION_STATE,
            RpcCall.SET_OPERATION_STATE);

    private static final Map<RpcCall, Integer> NUMBERS = IntStream.range(0, CALLS.size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(CALLS::get, index -> FIRST + index));

    /** Those that say how many of something are wanted; the others that fill buffers do not know the buffers. */
    private static final Set<RpcCall> COUNTING =
            Set.of(RpcCall.GET_SLOT_LIST, RpcCall.GET_MECHANISM_LIST, RpcCall.FIND_OBJECTS, RpcCall.GENERATE_RANDOM);

    private CrushProgram() {}

    /**
     * Returns the procedure of a call.
     *
     * @param call the call
     * @return its number, or empty if the program has none
     */
    public static Optional<Integer> number(RpcCall call) {
        return Optional.ofNullable(NUMBERS.get(call));
    }

    /**
     * Returns the call of a procedure.
     *
     * @param procedure any number
     * @return the call, or empty if there is none of this number
     */
    public static Optional<RpcCall> call(long procedure) {
        long index = procedure - FIRST;
        return index < 0 || index >= CALLS.size() ? Optional.empty() : Optional.of(CALLS.get((int) index));
    }

    static boolean counts(RpcCall call) {
        return COUNTING.contains(call);
    }
}

package org.symbolon.remote.client;

import java.util.Optional;
import org.symbolon.remote.client.RemoteOperation.Steps;
import org.symbolon.remote.client.SessionKeys.Begin;
import org.symbolon.remote.rpc.RpcCall;
import org.symbolon.spi.Request;

/**
 * How an operation whose data comes in parts begins and goes on.
 *
 * @param begin the call that begins it
 * @param steps the calls that follow
 */
record Stream(Begin begin, Steps steps) {
    /** Whether the data may be hashed here: it is to be signed. */
    boolean mayHashHere() {
        return steps.equals(Steps.SIGN) || steps.equals(Steps.VERIFY);
    }

    static Stream of(Request.Streamable<?> request) {
        if (request instanceof Request.Sign sign) {
            return new Stream(Begin.withKey(RpcCall.SIGN_INIT, sign.key(), sign.algorithm()), Steps.SIGN);
        } else if (request instanceof Request.Verify verify) {
            return new Stream(Begin.withKey(RpcCall.VERIFY_INIT, verify.key(), verify.algorithm()), Steps.VERIFY);
        } else if (request instanceof Request.Encrypt encrypt) {
            return new Stream(Begin.withKey(RpcCall.ENCRYPT_INIT, encrypt.key(), encrypt.algorithm()), Steps.ENCRYPT);
        } else if (request instanceof Request.Decrypt decrypt) {
            return new Stream(Begin.withKey(RpcCall.DECRYPT_INIT, decrypt.key(), decrypt.algorithm()), Steps.DECRYPT);
        }
        return new Stream(
                new Begin(
                        RpcCall.DIGEST_INIT,
                        Optional.empty(),
                        request.mechanism().orElseThrow()),
                Steps.DIGEST);
    }
}

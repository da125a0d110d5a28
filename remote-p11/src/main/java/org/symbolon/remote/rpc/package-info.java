/**
 * The messages of p11-kit's PKCS #11 RPC, in protocol versions 0, 1 and 2, as every release of p11-kit writes and reads them.
 *
 * <p>A connection starts with a byte from each side, which gives a {@link org.symbolon.remote.rpc.Dialect}. Then
 * {@link org.symbolon.remote.rpc.RpcFrame}s go both ways; the body of each is an {@link org.symbolon.remote.rpc.RpcMessage}:
 * an {@link org.symbolon.remote.rpc.RpcCall} with the arguments that its {@link org.symbolon.remote.rpc.Signature} names.
 * {@link org.symbolon.remote.rpc.RpcCodec} turns one into the other. Where draft-ueno-pkcs11-rpc and p11-kit's code differ,
 * the code is followed.
 *
 * <p>What comes from outside is bounded before anything is allocated for it; what does not decode is a
 * {@link org.symbolon.remote.rpc.MalformedMessageException}.
 */
@NullMarked
package org.symbolon.remote.rpc;

import org.jspecify.annotations.NullMarked;

package org.symbolon.remote.oncrpc;

/**
 * A program of ONC RPC.
 *
 * @param number its number; 0x20000000 to 0x3fffffff are for users to choose (RFC 5531 section 8.3)
 * @param version its version
 */
public record RpcProgram(long number, long version) {}

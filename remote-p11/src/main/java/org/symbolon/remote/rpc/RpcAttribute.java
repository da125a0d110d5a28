package org.symbolon.remote.rpc;

import org.symbolon.remote.rpc.Argument.Value;

/**
 * An attribute on the wire.
 *
 * @param type the CKA_ number
 * @param nativeLength {@code ulValueLen} in the memory of who sends it: 1 for a CK_BBOOL, 8 for a CK_ULONG, 24 for each
 *     attribute of a template, 8 for each mechanism; 0 where the value is unavailable
 * @param value the value; a stand-in where only the length was asked for
 */
public record RpcAttribute(long type, long nativeLength, Value value) {}

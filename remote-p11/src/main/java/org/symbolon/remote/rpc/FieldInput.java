package org.symbolon.remote.rpc;

import org.symbolon.Bytes;

/** Where the fields of a structure are read from: each wire has its own form of numbers and bytes. */
public interface FieldInput {
    /**
     * Reads a byte.
     *
     * @return 0 to 255
     * @throws MalformedMessageException if there is none
     */
    int octet() throws MalformedMessageException;

    /**
     * Reads a number.
     *
     * @return the number
     * @throws MalformedMessageException if there is none
     */
    long uint64() throws MalformedMessageException;

    /**
     * Reads a length and as many bytes.
     *
     * @return the bytes
     * @throws MalformedMessageException if there are fewer
     */
    Bytes presentByteArray() throws MalformedMessageException;
}

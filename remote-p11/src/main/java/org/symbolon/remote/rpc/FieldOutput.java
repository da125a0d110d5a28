package org.symbolon.remote.rpc;

/** Where the fields of a structure are written: each wire has its own form of numbers and bytes. */
public interface FieldOutput {
    /**
     * Writes a byte.
     *
     * @param value its lower 8 bits are written
     */
    void octet(int value);

    /**
     * Writes a number.
     *
     * @param value the number
     */
    void uint64(long value);

    /**
     * Writes a length and bytes.
     *
     * @param bytes the bytes
     */
    void byteArray(byte[] bytes);
}

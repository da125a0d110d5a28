package org.symbolon;

/**
 * An operation in which data streams: {@code update} as often as there is data, then {@code finish} or, for a
 * verification, {@code verify}. Not thread-safe. After its end, or an error, any call but {@code close} is an
 * {@link IllegalStateException}.
 */
public interface Operation extends AutoCloseable {
    /**
     * Takes more data.
     *
     * @param input the data; not modified, not kept
     * @param offset where it begins
     * @param length how many bytes, 0 or more
     * @return what comes out so far, a new array: always empty when signing, verifying and digesting, and when
     *     decrypting with a mechanism that authenticates, which gives out nothing before its tag is checked
     * @throws TokenException if the token refuses; the operation is over
     */
    byte[] update(byte[] input, int offset, int length) throws TokenException;

    /**
     * Takes more data.
     *
     * @param input the data; not modified, not kept
     * @return what comes out so far, as {@link #update(byte[], int, int)}
     * @throws TokenException if the token refuses; the operation is over
     */
    default byte[] update(byte[] input) throws TokenException {
        return update(input, 0, input.length);
    }

    /**
     * Ends the operation.
     *
     * @return the signature, the digest, or the last of the output; a new array
     * @throws TokenException if the token refuses
     */
    byte[] finish() throws TokenException;

    /**
     * Ends a verification.
     *
     * @param signature the signature; not modified, not kept
     * @return whether it is the signature of the data
     * @throws TokenException if the token cannot tell
     * @throws IllegalStateException if this operation does not verify
     */
    boolean verify(byte[] signature) throws TokenException;

    /** Gives the operation up if it has not ended. Idempotent. */
    @Override
    void close();
}

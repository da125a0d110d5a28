package org.symbolon.remote.server;

/**
 * What a function puts into the caller's buffer, or how large that would have to be (PKCS #11 v3.2 section 5.2).
 *
 * <p>Does not copy: the bytes are made for one caller.
 */
final class Output {
    private final byte[] data;
    private final int length;
    private final boolean fits;

    private Output(byte[] data, int length, boolean fits) {
        this.data = data;
        this.length = length;
        this.fits = fits;
    }

    /** Returns the output itself. */
    static Output of(byte[] data) {
        return new Output(data, data.length, true);
    }

    /** Returns that the buffer would need so many bytes, or somewhat fewer. */
    static Output needed(long bytes) {
        return new Output(new byte[0], Math.toIntExact(bytes), false);
    }

    /** Returns whether the output is here; if not, only how long it would be. */
    boolean fits() {
        return fits;
    }

    /** Returns the output; empty if it does not fit. */
    byte[] data() {
        return data;
    }

    /** Returns how many bytes the output has or needs. */
    int length() {
        return length;
    }
}

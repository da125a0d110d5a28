package org.symbolon.ssh;

/** Bytes of somebody who means harm: readers take them or refuse them with a reason, and nothing else. */
public final class FuzzedInput {
    private final byte[] data;

    private FuzzedInput(byte[] data) {
        this.data = data;
    }

    /** Reads bytes. */
    @FunctionalInterface
    public interface Reader {
        /** Reads them, or says what is wrong. */
        void read(byte[] data) throws SshFormatException;
    }

    /** Takes a copy. */
    public static FuzzedInput of(byte[] data) {
        return new FuzzedInput(data.clone());
    }

    /** Has them read. */
    public FuzzedInput read(Reader reader) {
        try {
            reader.read(data.clone());
        } catch (SshFormatException e) {
            require(
                    e.getMessage() != null && e.getMessage().length() < 2000,
                    "a refusal has a reason, and a short one");
        }
        return this;
    }

    /** Fails if something is not as it must be. */
    public static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("Not so: " + what);
        }
    }
}

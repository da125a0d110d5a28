package org.symbolon.ssh.certificate;

import java.util.Arrays;
import org.symbolon.ssh.SshFormatException;

/** A fuzz target: bytes that are a key revocation list or are refused with a reason. */
public final class RevocationFuzz {
    private RevocationFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        tryParse(data);
    }

    /** Returns whether the bytes are a list; then it is written and read again. */
    static boolean tryParse(byte[] data) {
        KeyRevocationList list;
        try {
            list = KeyRevocationList.parse(data);
        } catch (SshFormatException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("no reason is given", e);
            }
            return false;
        }
        byte[] written = list.toBytes();
        try {
            if (!Arrays.equals(KeyRevocationList.parse(written).toBytes(), written)) {
                throw new AssertionError(list + " changed");
            }
        } catch (SshFormatException e) {
            throw new AssertionError(list + " is not read again", e);
        }
        return true;
    }
}

package org.symbolon.ssh.agent;

import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshReader;

/** What stands at the beginning of blobs. */
final class KeyBlobs {
    private static final int MAX_NAME_BYTES = 64;

    private KeyBlobs() {}

    /** The type of a key or certificate. */
    static String typeName(byte[] blob) throws SshFormatException {
        return new SshReader(blob, "SSH key").name("type", MAX_NAME_BYTES);
    }
}

package org.symbolon.ssh;

import java.util.Arrays;

/**
 * A fuzz target: key blobs, signature blobs and the files of keys. What is read says the same when it is written. Jazzer finds
 * the method by its name; {@link FuzzTargetsTest} calls it in every build.
 */
public final class KeyBlobFuzz {
    private KeyBlobFuzz() {}

    /** Tries some bytes. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzedInput.of(data).read(KeyBlobFuzz::key).read(KeyBlobFuzz::signature).read(PublicKeyFile::parse);
        FuzzedInput.of(data).read(PrivateKeyFile::parse);
    }

    private static void key(byte[] data) throws SshFormatException {
        SshPublicKey key = SshPublicKey.parse(data);
        FuzzedInput.require(Arrays.equals(key.blob(), data), "a key is written as it was read");
        if (!key.type().isSecurityKey()) {
            FuzzedInput.require(
                    SshPublicKey.parseSubjectPublicKeyInfo(key.toSubjectPublicKeyInfo())
                            .equals(key),
                    "a key is the same in DER");
        }
    }

    private static void signature(byte[] data) throws SshFormatException {
        SshSignature signature = SshSignature.parse(data);
        FuzzedInput.require(
                SshSignature.parse(signature.toBlob()).equals(signature),
                "a signature is the same when it is read again");
    }
}

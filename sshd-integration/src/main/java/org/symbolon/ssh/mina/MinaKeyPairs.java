package org.symbolon.ssh.mina;

import java.io.IOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.symbolon.ssh.TokenSshKey;
import org.symbolon.ssh.TokenSshKeys;

/** Keys of a token as MINA wants them: the public half in MINA's class of it, the private half opaque. */
final class MinaKeyPairs {
    private final TokenSshKeys keys;
    private volatile Snapshot last = new Snapshot(List.of(), List.of());

    /** A key pair under the type of its public half; MINA would ask the private half first. */
    record Typed(String type, KeyPair pair) {}

    private record Snapshot(List<TokenSshKey> keys, List<Typed> pairs) {}

    MinaKeyPairs(TokenSshKeys keys) {
        JdkEdDsa.ensure();
        this.keys = keys;
    }

    /** The pairs as they are now, without a call to the token. */
    List<Typed> get() throws IOException {
        List<TokenSshKey> now = keys.keys();
        Snapshot snapshot = last;
        if (snapshot.keys() != now) {
            List<Typed> pairs = new ArrayList<>();
            for (TokenSshKey key : now) {
                pairs.add(typed(key));
            }
            snapshot = new Snapshot(now, List.copyOf(pairs));
            last = snapshot;
        }
        return snapshot.pairs();
    }

    void close() {
        keys.close();
    }

    private static Typed typed(TokenSshKey key) throws IOException {
        byte[] blob = key.publicKey().blob();
        return new Typed(
                key.publicKey().type().wireName(),
                new KeyPair(new ByteArrayBuffer(blob).getRawPublicKey(), key.privateKey()));
    }
}

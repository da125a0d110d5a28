package org.symbolon.tests.bench.ssh;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.symbolon.TokenException;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.SshPublicKey;

/** Authorized keys with a clock around each question. */
final class TimedKeys implements AuthorizedKeys {
    private final AuthorizedKeys keys;
    private final LongAdder nanos = new LongAdder();

    TimedKeys(AuthorizedKeys keys) {
        this.keys = keys;
    }

    /** The time that questions took since the last call. */
    long nanosSinceLast() {
        return nanos.sumThenReset();
    }

    @Override
    public Optional<AuthorizedKey> find(String user, SshPublicKey offered) throws TokenException {
        long start = System.nanoTime();
        try {
            return keys.find(user, offered);
        } finally {
            nanos.add(System.nanoTime() - start);
        }
    }

    @Override
    public Optional<AuthorizedKey> recall(String user, SshPublicKey offered) {
        long start = System.nanoTime();
        try {
            return keys.recall(user, offered);
        } finally {
            nanos.add(System.nanoTime() - start);
        }
    }

    @Override
    public List<AuthorizedKey> list(String user) throws TokenException {
        return keys.list(user);
    }

    @Override
    public AuthorizedKey add(String user, SshPublicKey key, AuthorizedKeyOptions options, String comment)
            throws TokenException {
        return keys.add(user, key, options, comment);
    }

    @Override
    public boolean remove(String user, SshPublicKey key) throws TokenException {
        return keys.remove(user, key);
    }
}

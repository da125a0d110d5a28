package org.symbolon.ssh.mina;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.symbolon.Attributes;
import org.symbolon.ObjectId;
import org.symbolon.PublicKeyObject;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.AuthorizedKeys;
import org.symbolon.ssh.AuthorizedKeysLine;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;

/** Authorized keys in a list, that counts how often it is asked and can be out of reach. */
final class ListedKeys implements AuthorizedKeys {
    private final List<AuthorizedKey> keys = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<String> remembered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger hanging = new AtomicInteger();
    private volatile boolean reachable = true;
    private volatile Optional<CountDownLatch> hang = Optional.empty();

    /** Lets a user in by a key, with options as they stand in an authorized_keys file. */
    void add(String user, String options, SshPublicKey key) throws SshFormatException {
        String line = (options + " " + key.toOpenSshLine("")).strip();
        add(user, key, AuthorizedKeyOptions.parse(AuthorizedKeysLine.parse(line).options()), "");
    }

    /** Gives a user's key other options, so that it is never missing. */
    void replace(String user, String options, SshPublicKey key) throws SshFormatException {
        int old = keys.indexOf(keys.stream()
                .filter(entry -> entry.user().equals(user) && entry.key().equals(key))
                .findFirst()
                .orElseThrow());
        add(user, options, key);
        keys.remove(old);
    }

    /** From now on answers come from memory for these users, and for others not before the latch is open. */
    void hang(CountDownLatch end, Set<String> inMemory) {
        remembered.addAll(inMemory);
        hang = Optional.of(end);
    }

    /** How many calls hang. */
    int hanging() {
        return hanging.get();
    }

    @Override
    public Optional<AuthorizedKey> recall(String user, SshPublicKey offered) {
        return remembered.contains(user) ? listed(user, offered, false) : Optional.empty();
    }

    int asked() {
        return asked.get();
    }

    void reachable(boolean now) {
        reachable = now;
    }

    @Override
    public Optional<AuthorizedKey> find(String user, SshPublicKey offered) throws TokenException {
        return look(user, offered, false);
    }

    @Override
    public Optional<AuthorizedKey> findAuthority(String user, SshPublicKey signer) throws TokenException {
        return look(user, signer, true);
    }

    private Optional<AuthorizedKey> look(String user, SshPublicKey key, boolean authority) throws TokenException {
        asked.incrementAndGet();
        if (!reachable) {
            throw new TokenUnavailableException(Status.ckr("CKR_DEVICE_REMOVED"), "the store is out of reach");
        }
        hang.ifPresent(this::await);
        return listed(user, key, authority);
    }

    private Optional<AuthorizedKey> listed(String user, SshPublicKey key, boolean authority) {
        return list(user).stream()
                .filter(entry -> entry.key().equals(key) && entry.isCertificateAuthority() == authority)
                .findFirst();
    }

    @Override
    public List<AuthorizedKey> list(String user) {
        return keys.stream().filter(entry -> entry.user().equals(user)).toList();
    }

    @Override
    public AuthorizedKey add(String user, SshPublicKey key, AuthorizedKeyOptions options, String comment) {
        ObjectId id = new ObjectId.Unique("list", Integer.toString(keys.size()));
        AuthorizedKey entry =
                new AuthorizedKey(user, key, options, comment, new PublicKeyObject(id, Attributes.none(), true));
        keys.add(entry);
        return entry;
    }

    @Override
    public boolean remove(String user, SshPublicKey key) {
        return keys.removeIf(entry -> entry.user().equals(user) && entry.key().equals(key));
    }

    /** Hangs as a native module does, that no interruption wakes. */
    private void await(CountDownLatch end) {
        hanging.incrementAndGet();
        while (end.getCount() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        hanging.decrementAndGet();
    }
}

package org.symbolon.ssh;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.ssh.AuthorizedKeys.KeyVisitor;

/**
 * Shows all keys of a user without holding them. A first walk finds out which keys have several objects; of those everything is
 * read when the first of them is met in the second, so that the stricter holds. For one thread, once.
 */
final class AuthorizedKeysWalk {
    private static final int FIRST_PLACES = 64;

    private final AuthorizedKeyObjects objects;
    private final String user;
    private final String name;
    private long[] marks = new long[FIRST_PLACES];
    private int count;

    AuthorizedKeysWalk(AuthorizedKeyObjects objects, String user, String name) {
        this.objects = objects;
        this.user = user;
        this.name = name;
    }

    <X extends Exception> void visit(KeyVisitor<X> visitor) throws TokenException, X {
        objects.walk(name, object -> objects.fingerprint(object).ifPresent(this::mark));
        Arrays.sort(marks, 0, count);
        Set<String> shown = new HashSet<>();
        objects.walk(name, object -> {
            Optional<String> fingerprint = objects.fingerprint(object);
            boolean single = fingerprint.isPresent() && isSingle(markOf(fingerprint.get()));
            if (single || (fingerprint.isPresent() && shown.add(fingerprint.get()))) {
                for (AuthorizedKey key : single ? alone(object) : together(object)) {
                    visitor.visit(key);
                }
            }
        });
    }

    private void mark(String fingerprint) {
        if (count == marks.length) {
            marks = Arrays.copyOf(marks, 2 * count);
        }
        marks[count++] = markOf(fingerprint);
    }

    /** Two keys of one mark are taken for one with several objects, which costs a look-up. */
    private static long markOf(String fingerprint) {
        long mark = 0;
        for (int i = 0; i < fingerprint.length(); i++) {
            mark = 31 * mark + fingerprint.charAt(i);
        }
        return mark;
    }

    /** What came since the first walk has no mark, and may have several objects. */
    private boolean isSingle(long mark) {
        int at = Arrays.binarySearch(marks, 0, count, mark);
        return at >= 0 && (at == 0 || marks[at - 1] != mark) && (at + 1 == count || marks[at + 1] != mark);
    }

    private List<AuthorizedKey> alone(TokenObject object) {
        KeysOfUser keys = new KeysOfUser(user);
        objects.add(object, keys);
        return keys.all();
    }

    private List<AuthorizedKey> together(TokenObject object) throws TokenException {
        Optional<SshPublicKey> key = objects.key(object);
        if (key.isEmpty()) {
            return List.of(); // one entry of this key cannot be read, so that the key is refused
        }
        KeysOfUser keys = objects.about(user, name, key.get());
        if (keys.isEmpty()) {
            objects.add(object, keys); // it is beyond those that a look-up by label reads
        }
        return keys.all();
    }
}

package org.symbolon.ssh.certificate;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.symbolon.ObjectCursor;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.ssh.SshFormatException;

/**
 * What is revoked, kept in a token: data objects (CKO_DATA) with CKA_APPLICATION {@value #APPLICATION}, each of which holds a
 * small key revocation list. Together they are the list that sshd reads.
 *
 * <p>Objects that cannot be read make the whole list unreadable: better no login than one by a revoked key. Thread-safe.
 */
public final class TokenRevocations {
    /** CKA_APPLICATION of the data objects. */
    public static final String APPLICATION = "OpenSSH key revocation list";

    private static final String LABEL = "ssh-krl-";
    private static final int STEP = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Session session;

    /**
     * The revocations in a token.
     *
     * @param session the session with the token; it stays the caller's
     */
    public TokenRevocations(Session session) {
        this.session = session;
    }

    /**
     * Revokes more.
     *
     * @param entries what is revoked, with a comment that says why
     * @param now the time, which goes with it
     * @throws IllegalArgumentException if there are no entries
     * @throws TokenException if the token refuses or fails
     */
    public void add(KeyRevocationListBuilder entries, Instant now) throws TokenException {
        KeyRevocationList list = entries.version(1).generated(now).build();
        if (list.isEmpty()) {
            throw new IllegalArgumentException("Nothing is given that is to be revoked");
        }
        session.create(DataRecord.template(
                APPLICATION, LABEL + HexFormat.of().toHexDigits(RANDOM.nextLong()), list.toBytes()));
    }

    /**
     * All that is revoked.
     *
     * @return a list whose version is the number of revocations and whose time is that of the last one: the same list as long as
     *     nothing changes
     * @throws TokenException if the token cannot tell
     * @throws SshFormatException if a revocation cannot be read; the message names it
     */
    public KeyRevocationList list() throws TokenException, SshFormatException {
        List<KeyRevocationList> lists = each();
        KeyRevocationListBuilder all = KeyRevocationList.builder();
        lists.forEach(all::addAll);
        return all.version(lists.size()).comment("").build();
    }

    /**
     * The revocations one by one, in the order of their time.
     *
     * @return a list of lists, each with its time and comment
     * @throws TokenException if the token cannot tell
     * @throws SshFormatException if a revocation cannot be read; the message names it
     */
    public List<KeyRevocationList> each() throws TokenException, SshFormatException {
        List<KeyRevocationList> lists = new ArrayList<>();
        try (ObjectCursor cursor = session.find(DataRecord.query(APPLICATION), DataRecord.READ)) {
            for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
                for (TokenObject object : part) {
                    lists.add(read(object));
                }
            }
        }
        lists.sort(Comparator.comparing(KeyRevocationList::generated)
                .thenComparing(list -> HexFormat.of().formatHex(list.toBytes())));
        return lists;
    }

    private static KeyRevocationList read(TokenObject object) throws SshFormatException {
        try {
            return KeyRevocationList.parse(DataRecord.content(object));
        } catch (SshFormatException e) {
            throw new SshFormatException(
                    "The revocation " + object.describe() + " cannot be read: " + e.getMessage(), e);
        }
    }
}

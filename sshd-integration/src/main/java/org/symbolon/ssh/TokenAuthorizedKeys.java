package org.symbolon.ssh;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Bytes;
import org.symbolon.DataObject;
import org.symbolon.InvalidAttributeException;
import org.symbolon.ObjectId;
import org.symbolon.PublicKeyObject;
import org.symbolon.Session;
import org.symbolon.Status;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.TokenOperationException;
import org.symbolon.TokenPermissionException;
import org.symbolon.config.SshConfiguration;

/**
 * Authorized keys in a token: public key objects (CKO_PUBLIC_KEY, CKA_TOKEN) whose CKA_LABEL names the user and whose CKA_ID
 * is the SHA-256 of the SSH key blob.
 *
 * <p>What is more than a plain key - with options or a comment, a FIDO key, a CA's - is a data object (CKO_DATA): CKA_APPLICATION
 * is {@code authorized_keys} and the user's label, CKA_LABEL the user's label and the key's fingerprint, CKA_VALUE the
 * authorized_keys line. An entry that cannot be read refuses its key and is named in the log; where a key has several objects,
 * the stricter of everything that they say holds.
 *
 * <p>So a login is two exact finds in one flight, which every PKCS #11 token can do, and a comparison of the whole key. Where
 * ids cannot be chosen, {@link Builder#lookup} finds by the key itself, or reads a user's keys, at most as many as configured,
 * and compares each.
 *
 * <p>Only objects that the token vouches for let anyone in ({@link TokenObject#verified()}): a soft token does so for a
 * session that is logged in, or where its signing key is pinned. Others are refused with a warning in the log that names the
 * object.
 *
 * <pre>{@code
 * AuthorizedKeys keys = TokenAuthorizedKeys.in(session);
 * keys.add("alice", SshPublicKey.parseOpenSshLine(line));
 * }</pre>
 */
public final class TokenAuthorizedKeys implements AuthorizedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(TokenAuthorizedKeys.class);
    private final Session session;
    private final UserLabel label;
    private final Lookup lookup;
    private final AuthorizedKeyObjects objects;

    private TokenAuthorizedKeys(Builder builder) {
        this.session = builder.session;
        this.label = new UserLabel(builder.labelPattern);
        this.lookup = builder.lookup;
        this.objects = new AuthorizedKeyObjects(session, lookup, builder.maxKeysPerUser);
    }

    /** How a user's key is found. */
    public enum Lookup {
        /** By label and id in one exact find; the id must be the SHA-256 of the key blob. */
        BY_ID,
        /**
         * By label and the key itself, its modulus or point, in one exact find; ids may be anything. For tokens where ids
         * cannot be chosen. Any public key with the user's label lets them in.
         */
        BY_KEY,
        /**
         * By label, then each key is compared; ids may be anything. For tokens that find by nothing else, such as most KMIP
         * servers. Any public key with the user's label lets them in.
         */
        BY_LABEL
    }

    /**
     * The authorized keys in a token, with the defaults: the label is the user's name, found by id.
     *
     * @param session the session to look up and write with; it stays the caller's
     * @return the keys
     */
    public static TokenAuthorizedKeys in(Session session) {
        return builder(session).build();
    }

    /**
     * The authorized keys in a token, labelled and found as the configuration file's {@code ssh} section says.
     *
     * @param session the session with the token that {@link SshConfiguration#users} names; it stays the caller's
     * @param configuration the section
     * @return the keys
     */
    public static TokenAuthorizedKeys of(Session session, SshConfiguration configuration) {
        return builder(session)
                .labelPattern(configuration.userLabel())
                .lookup(
                        switch (configuration.findBy()) {
                            case ID -> Lookup.BY_ID;
                            case KEY -> Lookup.BY_KEY;
                            case LABEL -> Lookup.BY_LABEL;
                        })
                .build();
    }

    /**
     * Begins a configuration.
     *
     * @param session the session to look up and write with; it stays the caller's
     * @return a builder with the defaults
     */
    public static Builder builder(Session session) {
        return new Builder(session);
    }

    @Override
    public Optional<AuthorizedKey> find(String user, SshPublicKey offered) throws TokenException {
        Optional<String> name = label.of(user);
        return name.isEmpty()
                ? Optional.empty()
                : objects.about(user, name.get(), offered).login(offered);
    }

    @Override
    public Optional<AuthorizedKey> findAuthority(String user, SshPublicKey signer) throws TokenException {
        Optional<String> name = label.of(user);
        return name.isEmpty()
                ? Optional.empty()
                : objects.about(user, name.get(), signer).authority(signer);
    }

    @Override
    public List<AuthorizedKey> list(String user) throws TokenException {
        Optional<String> name = label.of(user);
        if (name.isEmpty()) {
            return List.of();
        }
        return objects.all(user, name.get()).all();
    }

    /**
     * {@inheritDoc}
     *
     * <p>All keys of the user are shown, however many: the objects are walked twice, in steps, and eight bytes are held of each. Of a
     * key with several objects everything is read again.
     */
    @Override
    public <X extends Exception> void visit(String user, KeyVisitor<X> visitor) throws TokenException, X {
        Optional<String> name = label.of(user);
        if (name.isPresent()) {
            new AuthorizedKeysWalk(objects, user, name.get()).visit(visitor);
        }
    }

    @Override
    public AuthorizedKey add(String user, SshPublicKey key, AuthorizedKeyOptions options, String comment)
            throws TokenException {
        String name = label.require(user);
        List<TokenObject> before = objects.ofKey(name, key);
        boolean plain = options.withoutSelfService().equals(AuthorizedKeyOptions.NONE)
                && !key.type().isSecurityKey();
        TokenObject stored = plain && comment.isBlank() && options.selfService().isEmpty()
                ? addPlain(name, key, before)
                : addEntry(name, AuthorizedKeysLine.of(key, options, comment), plain, before);
        for (TokenObject old : before) {
            if (!old.id().equals(stored.id())) {
                session.destroy(old);
            }
        }
        return new AuthorizedKey(user, key, options, stored instanceof DataObject ? comment : "", stored);
    }

    @Override
    public boolean remove(String user, SshPublicKey key) throws TokenException {
        Optional<String> name = label.of(user);
        if (name.isEmpty()) {
            return false;
        }
        List<TokenObject> found = objects.ofKey(name.get(), key);
        for (TokenObject object : found) {
            session.destroy(object);
        }
        return !found.isEmpty();
    }

    private TokenObject addPlain(String name, SshPublicKey key, List<TokenObject> before) throws TokenException {
        for (TokenObject object : before) {
            if (object instanceof PublicKeyObject plain
                    && AuthorizedKeyObjects.holds(plain, key)
                    && AuthorizedKeyObjects.vouchedFor(plain)) {
                return plain;
            }
        }
        return create(AuthorizedKeyObjects.plain(key).and(Template.label(name)), Bytes.wrap(key.id()));
    }

    private TokenObject addEntry(String name, AuthorizedKeysLine line, boolean plain, List<TokenObject> before)
            throws TokenException {
        Template template = AuthorizedKeyEntry.template(name, line);
        try {
            TokenObject stored = stored(template, line, before);
            if (AuthorizedKeyEntry.isKept(template, session.getAttributes(stored, AuthorizedKeyEntry.READ))) {
                return stored;
            }
            session.destroy(stored);
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ATTRIBUTE_VALUE_INVALID"), "it gives back other attributes than it was given");
        } catch (InvalidAttributeException e) {
            if (plain) {
                LOG.debug("The token keeps no comments of keys: {}", e.getMessage());
                return addPlain(name, line.key(), before);
            }
            throw new InvalidAttributeException(
                    e.status(),
                    "the token cannot keep what is more than a plain key (options, FIDO and CA keys are data objects"
                            + " with CKA_APPLICATION), so the key " + line.key() + " was not added: " + e.getMessage(),
                    e);
        }
    }

    /** Changes the entry that is there, so that there is no moment without it; tokens that change no values get a new one. */
    private TokenObject stored(Template template, AuthorizedKeysLine line, List<TokenObject> before)
            throws TokenException {
        Optional<TokenObject> entry =
                before.stream().filter(DataObject.class::isInstance).findFirst();
        if (entry.isEmpty()) {
            return session.create(template);
        }
        try {
            return session.setAttributes(entry.get(), AuthorizedKeyEntry.value(line));
        } catch (InvalidAttributeException | TokenOperationException | TokenPermissionException e) {
            LOG.debug("The token changes no data objects, so that the entry is made anew", e);
        }
        if (entry.get().id() instanceof ObjectId.Described) {
            destroyAll(before); // a second entry would have the same name, and neither could be told apart
        }
        return session.create(template);
    }

    /** Plain keys first: for a moment a restricted key may be refused, but not be unrestricted. */
    private void destroyAll(List<TokenObject> objects) throws TokenException {
        for (TokenObject object : List.copyOf(objects)) {
            if (!(object instanceof DataObject)) {
                session.destroy(object);
                objects.remove(object);
            }
        }
        for (TokenObject object : List.copyOf(objects)) {
            session.destroy(object);
            objects.remove(object);
        }
    }

    /** Creates a key with its id, or without where ids cannot be chosen and are not looked for. */
    private TokenObject create(Template template, Bytes id) throws TokenException {
        try {
            return session.create(template.id(id));
        } catch (InvalidAttributeException e) {
            if (lookup == Lookup.BY_ID) {
                throw e;
            }
            LOG.debug("The token lets nobody choose CKA_ID, so that keys are found without it", e);
            return session.create(template);
        }
    }

    /** How authorized keys are kept in a token. */
    public static final class Builder {
        private static final int DEFAULT_MAX_KEYS_PER_USER = 1000;
        private static final int HIGHEST_MAX_KEYS_PER_USER = 100_000;

        private final Session session;
        private String labelPattern = "{user}";
        private Lookup lookup = Lookup.BY_ID;
        private int maxKeysPerUser = DEFAULT_MAX_KEYS_PER_USER;

        private Builder(Session session) {
            this.session = session;
        }

        /**
         * Sets the label of a user's keys.
         *
         * @param pattern any text with {@code {user}} exactly once, such as {@code ssh:{user}}; by default {@code {user}} alone
         * @return this
         */
        public Builder labelPattern(String pattern) {
            this.labelPattern = pattern;
            return this;
        }

        /**
         * Sets how keys are found.
         *
         * @param how by default {@link Lookup#BY_ID}
         * @return this
         */
        public Builder lookup(Lookup how) {
            this.lookup = how;
            return this;
        }

        /**
         * Sets how many keys of one user are read at most, when they are listed or found by label.
         *
         * @param count 1 to 100,000; by default 1,000
         * @return this
         */
        public Builder maxKeysPerUser(int count) {
            this.maxKeysPerUser = count;
            return this;
        }

        /**
         * Checks everything and makes the view of the keys.
         *
         * @return the keys
         * @throws IllegalArgumentException if a value is out of its range
         */
        public TokenAuthorizedKeys build() {
            if (maxKeysPerUser < 1 || maxKeysPerUser > HIGHEST_MAX_KEYS_PER_USER) {
                throw new IllegalArgumentException(
                        "maxKeysPerUser is " + maxKeysPerUser + "; it must be 1 to " + HIGHEST_MAX_KEYS_PER_USER);
            }
            return new TokenAuthorizedKeys(this);
        }
    }
}

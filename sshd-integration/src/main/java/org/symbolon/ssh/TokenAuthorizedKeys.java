package org.symbolon.ssh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.PublicKeyObject;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.config.SshConfiguration;
import org.symbolon.key.PublicKeys;

/**
 * Authorized keys in a token: public key objects (CKO_PUBLIC_KEY, CKA_TOKEN) whose CKA_LABEL names the user and whose CKA_ID
 * is the SHA-256 of the SSH key blob.
 *
 * <p>So a login is one exact find, which every PKCS #11 token can do, and a comparison of the whole key. Where ids cannot be
 * chosen, {@link Builder#lookup lookup by label} reads a user's keys, at most as many as configured, and compares each.
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
    private static final int STEP = 64;
    /** Objects of the same label and id: one, unless somebody added the key twice at the same moment. */
    private static final int MAX_DUPLICATES = 16;

    private final Session session;
    private final UserLabel label;
    private final Lookup lookup;
    private final int maxKeysPerUser;

    private TokenAuthorizedKeys(Builder builder) {
        this.session = builder.session;
        this.label = new UserLabel(builder.labelPattern);
        this.lookup = builder.lookup;
        this.maxKeysPerUser = builder.maxKeysPerUser;
    }

    /** How a user's key is found. */
    public enum Lookup {
        /** By label and id in one exact find; the id must be the SHA-256 of the key blob. */
        BY_ID,
        /** By label, then each key is compared; ids may be anything. Any public key with the user's label lets them in. */
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
        if (name.isEmpty()) {
            return Optional.empty();
        }
        for (PublicKeyObject object : candidates(name.get(), offered)) {
            if (vouchedFor(object) && holds(object, offered)) {
                return Optional.of(new AuthorizedKey(user, offered, AuthorizedKeyOptions.NONE, "", object));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<AuthorizedKey> list(String user) throws TokenException {
        Optional<String> name = label.of(user);
        if (name.isEmpty()) {
            return List.of();
        }
        List<AuthorizedKey> keys = new ArrayList<>();
        for (PublicKeyObject object : read(byLabel(name.get()), maxKeysPerUser)) {
            if (vouchedFor(object)) {
                keyOf(object)
                        .filter(key -> isOurs(object, key))
                        .ifPresent(
                                key -> keys.add(new AuthorizedKey(user, key, AuthorizedKeyOptions.NONE, "", object)));
            }
        }
        return keys;
    }

    @Override
    public AuthorizedKey add(String user, SshPublicKey key, AuthorizedKeyOptions options, String comment)
            throws TokenException {
        String name = label.require(user);
        if (!options.equals(AuthorizedKeyOptions.NONE)) {
            throw new IllegalArgumentException("The key has options, which this token does not keep");
        }
        Template template = template(key).and(Template.label(name));
        return new AuthorizedKey(user, key, options, "", create(template, Bytes.wrap(key.id())));
    }

    /** Creates a key with its id, or without where ids cannot be chosen and are not looked for. */
    private TokenObject create(Template template, Bytes id) throws TokenException {
        try {
            return session.create(template.id(id));
        } catch (InvalidAttributeException e) {
            if (lookup == Lookup.BY_ID) {
                throw e;
            }
            LOG.debug("The token lets nobody choose CKA_ID, so that keys are found by their label alone", e);
            return session.create(template);
        }
    }

    @Override
    public boolean remove(String user, SshPublicKey key) throws TokenException {
        Optional<String> name = label.of(user);
        boolean removed = false;
        if (name.isPresent()) {
            for (PublicKeyObject object : candidates(name.get(), key)) {
                if (lookup == Lookup.BY_ID || holds(object, key)) {
                    session.destroy(object);
                    removed = true;
                }
            }
        }
        return removed;
    }

    private List<PublicKeyObject> candidates(String name, SshPublicKey key) throws TokenException {
        return lookup == Lookup.BY_ID
                ? read(byLabel(name).id(Bytes.wrap(key.id())), MAX_DUPLICATES)
                : read(byLabel(name), maxKeysPerUser);
    }

    private static ObjectQuery byLabel(String name) {
        return ObjectQuery.publicKeys().label(name);
    }

    private List<PublicKeyObject> read(ObjectQuery query, int max) throws TokenException {
        List<PublicKeyObject> found = new ArrayList<>();
        try (ObjectCursor cursor = session.find(query.limit(max + 1L))) {
            for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
                for (TokenObject object : part) {
                    if (found.size() == max) {
                        LOG.warn(
                                "More than {} authorized keys match {}: the others are ignored",
                                max,
                                query.attributes());
                        return found;
                    }
                    if (object instanceof PublicKeyObject key) {
                        found.add(key);
                    }
                }
            }
        }
        return found;
    }

    private boolean isOurs(PublicKeyObject object, SshPublicKey key) {
        return lookup == Lookup.BY_LABEL || Arrays.equals(object.keyId().toByteArray(), key.id());
    }

    private static boolean holds(PublicKeyObject object, SshPublicKey offered) {
        try {
            Optional<Bytes> info = PublicKeys.subjectPublicKeyInfo(object.attributes());
            return info.isPresent()
                    && Arrays.equals(SubjectPublicKeyInfo.toBlob(info.get().toByteArray()), offered.blob());
        } catch (SshFormatException | IllegalArgumentException e) {
            return unreadable(object, e);
        }
    }

    private static Optional<SshPublicKey> keyOf(PublicKeyObject object) {
        try {
            Optional<Bytes> info = PublicKeys.subjectPublicKeyInfo(object.attributes());
            return info.isPresent()
                    ? Optional.of(
                            SshPublicKey.parseSubjectPublicKeyInfo(info.get().toByteArray()))
                    : Optional.empty();
        } catch (SshFormatException | IllegalArgumentException e) {
            unreadable(object, e);
            return Optional.empty();
        }
    }

    private static boolean unreadable(PublicKeyObject object, Exception reason) {
        LOG.warn("Authorized key {} is ignored: {}", object.describe(), reason.getMessage());
        return false;
    }

    private static boolean vouchedFor(PublicKeyObject object) {
        boolean onToken = object.attributes().find(Attribute.TOKEN).orElse(true);
        if (onToken && object.verified()) {
            return true;
        }
        LOG.warn(
                "Authorized key {} (object {}) is refused: {}",
                object.describe(),
                object.id(),
                onToken
                        ? "the token does not vouch for it; log the session in, or pin the token's signing key"
                        : "it is a session object");
        return false;
    }

    private static Template template(SshPublicKey key) {
        try {
            return PublicKeys.template(SshPublicKey.parse(key.blob()).toPublicKey())
                    .with(Attribute.TOKEN, true)
                    .with(Attribute.PRIVATE, false)
                    .with(Attribute.VERIFY, true);
        } catch (SshFormatException e) {
            throw new IllegalArgumentException("The key cannot be stored as an authorized key: " + e.getMessage(), e);
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

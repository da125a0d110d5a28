package org.symbolon.soft;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.symbolon.Bytes;
import org.symbolon.ModuleOptions;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.soft.engine.EngineChoice;
import org.symbolon.soft.store.DatabaseLocation;

/**
 * Soft tokens: keys that live encrypted in an SQLite or PostgreSQL database or in memory.
 *
 * <p>{@code TokenModule.open("soft:sqlite:team.db")} opens one just as well; this builder is for programs that choose
 * their parameters in code.
 *
 * <p><b>Security guarantees.</b> At rest, every private object is sealed whole, label and all, by AES-256-GCM under
 * keys that only a PIN opens, by Argon2id; every attribute of every object, public ones included, is covered by a seal
 * and by a manifest that the token signs at each change. So, in a session that is logged in, an object that was edited,
 * inserted, swapped or put back by hand in the database is refused, and one row that is bad harms no other. Wrong PINs
 * are counted before they are checked, across threads and processes, slow the next try down and lock. What this cannot
 * do: keep somebody who copied the database from trying PINs on the copy, as fast as {@link KdfParameters} lets him;
 * notice that the whole database was replaced by an older copy of itself, except while it is open or with a
 * {@link RollbackAnchor}; notice that an object's row or the entry that it is found by was deleted, before somebody asks
 * for that object itself; protect keys from who can read this process's memory. A {@link HostSecret} keeps PINs from
 * being tried on a copy at all.
 */
public final class SoftModule {
    private SoftModule() {}

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the public signing keys of the tokens at a place, to be noted and given later as {@code verify-key}. They
     * are read without any proof: read them where and when you trust the database.
     *
     * @param path the SQLite database
     * @return the Ed25519 public keys, by the token's serial number
     * @throws TokenException if the database cannot be read
     */
    public static Map<String, Bytes> verifyKeys(Path path) throws TokenException {
        ModuleOptions options = ModuleOptions.ofDefaults();
        try (SoftModuleSpi module =
                SoftModuleSpi.open(DatabaseLocation.file(path), SoftSettings.of(options), options.timeout())) {
            return new LinkedHashMap<>(module.verifyKeys());
        }
    }

    /** Collects how a module is opened. Not thread-safe. */
    public static final class Builder {
        private DatabaseLocation location = SoftModuleFactory.privateMemory();
        private KdfParameters kdf = KdfParameters.ofDefaults();
        private TokenPolicy policy = TokenPolicy.ofDefaults();
        private boolean officerDecrypts = true;
        private Optional<HostSecret> hostSecret = Optional.empty();
        private Optional<HostSecret> formerHostSecret = Optional.empty();
        private Optional<RollbackAnchor> anchor = Optional.empty();
        private Optional<Bytes> verifyKey = Optional.empty();
        private ModuleOptions options = ModuleOptions.ofDefaults();

        private Builder() {}

        /**
         * Keeps the tokens in an SQLite database, which is created if there is none.
         *
         * @param path the file; its folder exists and is on a local disk
         * @return this builder
         */
        public Builder sqlite(Path path) {
            location = DatabaseLocation.file(path);
            return this;
        }

        /**
         * Keeps the tokens in a PostgreSQL database, which many nodes may share.
         *
         * @param database the database
         * @return this builder
         */
        public Builder postgresql(Postgresql database) {
            location = database.location();
            return this;
        }

        /**
         * Keeps the tokens in memory, for this module alone; they are gone when it is closed. This is the default.
         *
         * @return this builder
         */
        public Builder memory() {
            location = SoftModuleFactory.privateMemory();
            return this;
        }

        /**
         * Derives keys from PINs that are set from now on in this way.
         *
         * @param parameters the parameters
         * @return this builder
         */
        public Builder kdf(KdfParameters parameters) {
            kdf = parameters;
            return this;
        }

        /**
         * Locks the PINs of a token that is initialised from now on after so many wrong ones.
         *
         * @param tries 1 to 1000
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder pinTries(int tries) {
            policy = policy.withPinTries(tries);
            return this;
        }

        /**
         * Gives tokens that are initialised from now on a policy.
         *
         * @param newPolicy the policy
         * @return this builder
         */
        public Builder policy(TokenPolicy newPolicy) {
            policy = newPolicy;
            return this;
        }

        /**
         * Makes tokens that are initialised from now on such that their security officer cannot decrypt: an officer
         * sets the policy and a first PIN, which the user changes before it opens anything, and resets no PIN; that
         * takes a recovery code.
         *
         * @return this builder
         */
        public Builder officerSigns() {
            officerDecrypts = false;
            return this;
        }

        /**
         * Binds PINs to a secret that is not in the database: new ones when they are set, others at their next login.
         *
         * @param secret the secret
         * @return this builder
         */
        public Builder hostSecret(HostSecret secret) {
            hostSecret = Optional.of(secret);
            return this;
        }

        /**
         * Opens PINs that are bound to the host secret before, until they are bound to the new one at their next login.
         *
         * @param secret the former secret
         * @return this builder
         */
        public Builder formerHostSecret(HostSecret secret) {
            formerHostSecret = Optional.of(secret);
            return this;
        }

        /**
         * Refuses databases that were put back to an older state.
         *
         * @param where what remembers the state
         * @return this builder
         */
        public Builder anchor(RollbackAnchor where) {
            anchor = Optional.of(where);
            return this;
        }

        /**
         * Pins the token's signing key, so that public objects are verified without a login.
         *
         * @param key the Ed25519 public key, 32 bytes, from {@link SoftModule#verifyKeys}
         * @return this builder
         */
        public Builder verifyKey(Bytes key) {
            verifyKey = Optional.of(key);
            return this;
        }

        /**
         * Sets the timeout and what closing does with running calls; settings in the options are not looked at.
         *
         * @param moduleOptions the options
         * @return this builder
         */
        public Builder options(ModuleOptions moduleOptions) {
            options = moduleOptions;
            return this;
        }

        /**
         * Opens the module.
         *
         * @return the module, to be closed
         * @throws TokenException if it cannot be opened
         * @throws IllegalArgumentException if something that was set is out of range
         */
        public TokenModule open() throws TokenException {
            SoftSettings settings = new SoftSettings(
                    kdf, policy, officerDecrypts, verifyKey, hostSecret, formerHostSecret, anchor, EngineChoice.AUTO);
            return TokenModule.of(SoftModuleSpi.open(location, settings, options.timeout()), options);
        }
    }
}

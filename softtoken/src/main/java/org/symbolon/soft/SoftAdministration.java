package org.symbolon.soft;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.TokenRecord;

/**
 * What the owner and the security officer of a soft token do beside PKCS #11: its policy, recovery codes and further
 * PINs, the host secret, and accepting a backup that was put back.
 *
 * <p>Each call logs in for itself and is durable when it returns. Immutable and thread-safe; blocks for at most the
 * timeout in the options and the time of the key derivations.
 */
public final class SoftAdministration {
    private static final Logger LOG = LoggerFactory.getLogger(SoftAdministration.class);

    private final AdministrativeLogin access;
    private final SoftSettings settings;

    private SoftAdministration(AdministrativeLogin access, SoftSettings settings) {
        this.access = access;
        this.settings = settings;
    }

    /**
     * Returns what administers a token.
     *
     * @param uri its module, such as {@code soft:sqlite:team.db}
     * @param options the module's timeout and settings: those that its users have too
     * @param serialNumber which token, as {@link org.symbolon.TokenInfo#serialNumber()} says
     * @return it
     * @throws IllegalArgumentException if a setting is malformed
     */
    public static SoftAdministration of(String uri, ModuleOptions options, String serialNumber) {
        return new SoftAdministration(new AdministrativeLogin(uri, options, serialNumber), SoftSettings.of(options));
    }

    // ---- what anyone may know

    /**
     * Returns the token's policy, as the database has it: unverified.
     *
     * @return the policy
     * @throws TokenException if the token cannot be read
     */
    public TokenPolicy policy() throws TokenException {
        return TokenPolicy.of(read().record());
    }

    /**
     * Returns whether the security officer can decrypt what the token holds, and reset its user's PIN: unverified.
     *
     * @return true if so
     * @throws TokenException if the token cannot be read
     */
    public boolean officerDecrypts() throws TokenException {
        return read().officerOpensToken();
    }

    /**
     * Returns the token's PINs and recovery codes, as the database has them: unverified.
     *
     * @return them, by role and number
     * @throws TokenException if the token cannot be read
     */
    public List<PinSlot> pins() throws TokenException {
        Slots slots = read();
        TokenPolicy policy = TokenPolicy.of(slots.record());
        List<PinSlot> pins = new ArrayList<>();
        for (KeySlot slot : slots.all()) {
            pins.add(PinSlot.of(slot, policy, Clock.systemUTC().instant()));
        }
        pins.sort(Comparator.comparing(PinSlot::role).thenComparing(PinSlot::number));
        return pins;
    }

    private Slots read() throws TokenException {
        return access.inToken((token, deadline) -> token.database().read(deadline, sql -> Slots.read(sql, token)));
    }

    // ---- what the security officer does

    /**
     * Gives the token another policy. Of PINs it holds for those that are set from then on, of their age at once; of
     * objects for sessions that are opened from then on.
     *
     * @param soPin the security officer's PIN
     * @param policy the policy
     * @throws TokenException if the PIN is refused or the token fails
     */
    public void setPolicy(Pin soPin, TokenPolicy policy) throws TokenException {
        access.loggedIn(settings, Login.securityOfficer(soPin), (token, opened, deadline) -> {
            change(token, opened)
                    .write(
                            deadline,
                            (sql, now) -> new Slots(
                                    now.record().withSettings(policy.toBytes(), opened.signingKey()), now.all()));
            LOG.info("token {} has a new policy: {}", access.serialNumber(), policy.settings());
            return policy;
        });
    }

    // ---- what the user does, and the security officer who can decrypt

    /**
     * Makes a recovery code: given instead of the user's PIN it logs in, and as the old PIN it sets a new one, locked or
     * forgotten as that may be. It holds until it is removed. No host secret goes into it.
     *
     * @param login the user's or the security officer's
     * @return the code, 8 groups of 5 characters with 160 random bits and a checksum; it is not kept and cannot be shown
     *     again. To be closed by the caller
     * @throws TokenException if the login is refused, the officer cannot decrypt, or there are 255 already
     */
    public Pin addRecoveryCode(Login login) throws TokenException {
        return access.loggedIn(
                settings,
                login,
                (token, opened, deadline) -> further(token, opened).addRecoveryCode(deadline));
    }

    /**
     * Adds a PIN for somebody else: typed as {@code NAME:PIN}, it opens the same token as the same user. All PINs of
     * the user share the limit of wrong ones.
     *
     * @param login the user's or the security officer's
     * @param name 1 to 32 letters, digits, {@code .}, {@code _} and {@code -}, and no other's
     * @param pin the PIN, without the name
     * @return its number
     * @throws TokenException if the login or the PIN is refused, or the officer cannot decrypt
     * @throws IllegalArgumentException if the name is malformed
     */
    public int addPin(Login login, String name, Pin pin) throws TokenException {
        if (!SlotSettings.isName(name)) {
            throw new IllegalArgumentException(
                    "a PIN's name has 1 to 32 letters, digits, '.', '_' and '-', not '" + name + "'");
        }
        return access.loggedIn(
                settings,
                login,
                (token, opened, deadline) -> further(token, opened).addPin(login, name, pin, deadline));
    }

    /**
     * Removes a recovery code or a further PIN.
     *
     * @param login the user's or the security officer's
     * @param number which, from 1
     * @throws TokenException if the login is refused or there is none of this number
     */
    public void remove(Login login, int number) throws TokenException {
        access.loggedIn(settings, login, (token, opened, deadline) -> {
            further(token, opened).remove(number, deadline);
            return number;
        });
    }

    private FurtherPins further(OpenToken token, Opened opened) {
        return new FurtherPins(settings, change(token, opened), opened);
    }

    private RecordChange change(OpenToken token, Opened opened) {
        return new RecordChange(token, settings, opened.signingKey());
    }

    // ---- the host secret

    /**
     * Binds the PIN of a login to the host secret in the settings; the next login with it would do so too.
     *
     * @param login whose PIN
     * @throws TokenException if the login is refused or the host secret cannot be reached
     */
    public void bindToHostSecret(Login login) throws TokenException {
        if (settings.hostSecret().isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no host secret: set " + SoftSettings.HOST_SECRET + " or " + SoftSettings.HOST_SECRET_URI);
        }
        reseal(settings, login);
    }

    /**
     * Frees the PIN of a login of the host secret that it is bound to; afterwards take that out of the settings of all
     * who use the token, else their next login binds the PIN again.
     *
     * @param login whose PIN
     * @throws TokenException if the login is refused or the host secret cannot be reached
     */
    public void freeOfHostSecret(Login login) throws TokenException {
        reseal(settings.withoutHostSecret(), login);
    }

    private void reseal(SoftSettings wanted, Login login) throws TokenException {
        access.loggedIn(wanted, login, PinGate::openAsItIs, (token, opened, deadline) -> {
            new SlotUpgrade(token, wanted, new HostSecrets(wanted))
                    .reseal(opened, AdministrativeLogin.pin(login), deadline);
            return opened.slot().number();
        });
    }

    // ---- a backup that was put back

    /**
     * Accepts a database that is older than its anchor says: a backup that its owner has restored. The token's epoch
     * goes beyond that of the anchor, so that the state which the backup replaced is refused from now on.
     *
     * @param login the user's or the security officer's
     * @throws TokenException if the login is refused or the anchor cannot be reached
     */
    public void acceptRollback(Login login) throws TokenException {
        access.inToken((found, limit) -> {
            long highest = found.forgetEpoch();
            boolean accepted = false;
            try {
                accept(login, highest);
                accepted = true;
            } finally {
                if (!accepted) {
                    found.rememberEpoch(highest);
                }
            }
            return accepted;
        });
    }

    private void accept(Login login, long highest) throws TokenException {
        access.loggedIn(settings.withoutAnchor(), login, (token, opened, deadline) -> {
            TokenRecord record = token.database().read(deadline, token::record);
            long noted = settings.anchor().isPresent()
                    ? settings.anchor().get().epoch(record.uuid()).orElse(0)
                    : 0;
            long beyond = Math.max(Math.max(noted, highest), record.epoch()) + 1;
            change(token, opened)
                    .write(
                            deadline,
                            (sql, now) -> new Slots(now.record().withEpoch(beyond, opened.signingKey()), now.all()));
            LOG.warn(
                    "token {} is accepted at epoch {}; {} was noted outside",
                    access.serialNumber(),
                    record.epoch(),
                    noted);
            return record;
        });
    }
}

package org.symbolon.soft;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.symbolon.ChangeListener;
import org.symbolon.ChangeSubscription;
import org.symbolon.Login;
import org.symbolon.MechanismInfo;
import org.symbolon.MechanismType;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.TokenException;
import org.symbolon.TokenFlag;
import org.symbolon.TokenInfo;
import org.symbolon.soft.engine.Mechanisms;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.Sql;
import org.symbolon.soft.store.TokenTable;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.SessionSpi;
import org.symbolon.spi.TokenSpi;

/** A token in a database. */
final class SoftToken implements TokenSpi {
    private static final int SERIAL_DIGITS = 16;

    private final OpenToken token;
    private final SoftSettings settings;

    SoftToken(OpenToken token, SoftSettings settings) {
        this.token = token;
        this.settings = settings;
    }

    /** Returns the serial number of the token of a uuid: its first 16 digits, as CK_TOKEN_INFO has no room for more. */
    static String serial(UUID uuid) {
        return uuid.toString().replace("-", "").substring(0, SERIAL_DIGITS);
    }

    @Override
    public TokenInfo info(CallOptions options) throws TokenException {
        return token.database().read(options.deadline(), this::info);
    }

    TokenInfo info(Sql sql) throws TokenException {
        TokenRecord record = token.record(sql);
        long now = sql.now(Clock.systemUTC());
        TokenPolicy policy = TokenPolicy.of(record);
        Optional<PinCounter> user = PinCounter.ofPins(sql, token.slot(), Role.USER, now);
        Optional<PinCounter> officer = PinCounter.ofPins(sql, token.slot(), Role.SECURITY_OFFICER, now);
        Set<TokenFlag> flags = EnumSet.of(TokenFlag.RNG, TokenFlag.LOGIN_REQUIRED, TokenFlag.TOKEN_INITIALIZED);
        user.ifPresent(counter -> {
            flags.add(TokenFlag.USER_PIN_INITIALIZED);
            flag(flags, counter, TokenFlag.USER_PIN_COUNT_LOW, TokenFlag.USER_PIN_FINAL_TRY, TokenFlag.USER_PIN_LOCKED);
        });
        officer.ifPresent(counter ->
                flag(flags, counter, TokenFlag.SO_PIN_COUNT_LOW, TokenFlag.SO_PIN_FINAL_TRY, TokenFlag.SO_PIN_LOCKED));
        Optional<KeySlot> first = new Slots(record, TokenTable.keySlots(sql, token.slot())).find(Role.USER, 0);
        if (first.isPresent() && SlotSettings.of(first.get()).isExpired(policy, now)) {
            flags.add(TokenFlag.USER_PIN_TO_BE_CHANGED);
        }
        OptionalInt left = user.isPresent() ? OptionalInt.of(user.get().left()) : OptionalInt.empty();
        return new TokenInfo(
                record.label(),
                SoftModuleSpi.MANUFACTURER,
                "soft token",
                serial(record.uuid()),
                flags,
                policy.minPinBytes(),
                Pin.MAX_BYTES,
                left);
    }

    private static void flag(
            Set<TokenFlag> flags, PinCounter counter, TokenFlag low, TokenFlag last, TokenFlag locked) {
        if (counter.left() == 0) {
            flags.add(locked);
        } else if (counter.left() == 1) {
            flags.add(last);
        }
        if (counter.failed() > 0) {
            flags.add(low);
        }
    }

    @Override
    public Map<MechanismType, MechanismInfo> mechanisms(CallOptions options) {
        return Mechanisms.all();
    }

    @Override
    public SessionSpi open(Login login, boolean readOnly, CallOptions options) throws TokenException {
        return SoftSession.open(token, this, settings, new SessionScope(), login, readOnly, options);
    }

    @Override
    public ChangeSubscription changes(ChangeListener listener) {
        return token.subscribe(listener);
    }

    @Override
    public Duration changeDelay() {
        return token.database().changeDelay();
    }
}

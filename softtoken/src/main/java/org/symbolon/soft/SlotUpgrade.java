package org.symbolon.soft;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.Deadline;
import org.symbolon.Pin;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.TokenKeys;
import org.symbolon.soft.seal.TokenRecord;

/**
 * Seals a key slot anew after a good login where the module's settings ask for more than it has: a stronger key
 * derivation, or a host secret. Never for less, and never in the place of one that somebody else changed meanwhile.
 */
final class SlotUpgrade {
    private static final Logger LOG = LoggerFactory.getLogger(SlotUpgrade.class);

    private final OpenToken token;
    private final SoftSettings settings;
    private final HostSecrets hostSecrets;

    SlotUpgrade(OpenToken token, SoftSettings settings, HostSecrets hostSecrets) {
        this.token = token;
        this.settings = settings;
        this.hostSecrets = hostSecrets;
    }

    /** Seals what a login opened anew if that is wanted. A login is good even if this fails; then the next one tries. */
    void afterLogin(Opened opened, Pin given, Deadline deadline) {
        try {
            KeySlot slot = opened.slot();
            if (SlotSettings.of(slot).isRecovery()) {
                return;
            }
            TokenRecord record = token.database().read(deadline, token::record);
            if (isWanted(record, slot)) {
                reseal(opened, given, deadline);
                LOG.debug("a key slot of token \"{}\" was sealed anew", record.label());
            }
        } catch (TokenException e) {
            LOG.warn("a key slot could not be sealed anew after a login: {}", e.getMessage());
        }
    }

    private boolean isWanted(TokenRecord record, KeySlot slot) throws TokenException {
        String wanted =
                new SlotSealer(settings, hostSecrets).kdf(Optional.of(slot)).toString();
        if (isStronger(wanted, slot.kdf())) {
            return true;
        }
        return settings.hostSecret().isPresent()
                && !Objects.equals(hostSecrets.fingerprint(record.uuid()), slot.hostSecret());
    }

    /** Returns whether more than the lanes differ: they change how the work is done, not how much it is. */
    private static boolean isStronger(String wanted, String present) {
        return !wanted.substring(0, wanted.lastIndexOf(',')).equals(present.substring(0, present.lastIndexOf(',')));
    }

    /**
     * Seals the slot that a login opened as the settings say now.
     *
     * @throws TokenOperationException if another has taken its place since, whose PIN may be another: it stays
     */
    void reseal(Opened opened, Pin given, Deadline deadline) throws TokenException {
        RecordChange change = new RecordChange(token, settings, opened.signingKey());
        KeySlot before = opened.slot();
        SlotSettings own = SlotSettings.of(before);
        @Nullable TokenKeys keys = opened.unlocked() == null ? null : opened.unlocked().keys();
        try (Pin secret = Credential.afterName(own.name(), given).orElseGet(given::copy)) {
            KeySlot after = new SlotSealer(settings, hostSecrets)
                    .seal(
                            change.read(deadline).record(),
                            before.role(),
                            before.number(),
                            own,
                            secret,
                            keys,
                            opened.signingKey(),
                            Optional.of(before));
            change.write(deadline, (sql, now) -> {
                List<KeySlot> slots = new ArrayList<>(now.all());
                if (!slots.remove(before)) {
                    throw new TokenOperationException(
                            Status.ckr("CKR_FUNCTION_REJECTED"), "the PIN was changed meanwhile; try again");
                }
                slots.add(after);
                return new Slots(now.record(), slots);
            });
        }
    }
}

package org.symbolon.soft;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.symbolon.InvalidAttributeException;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.SlotInfo;
import org.symbolon.Status;
import org.symbolon.TokenException;
import org.symbolon.TokenOperationException;
import org.symbolon.soft.seal.KeySlot;
import org.symbolon.soft.seal.SigningKey;
import org.symbolon.soft.seal.TokenKeys;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.TokenTable;
import org.symbolon.spi.CallOptions;
import org.symbolon.spi.SlotSpi;
import org.symbolon.spi.TokenSpi;

/** A slot of a database: a token, or the place for the next one. */
final class SoftSlot implements SlotSpi {
    private static final int MAX_LABEL_BYTES = 32;

    private final OpenToken token;
    private final SoftSettings settings;

    SoftSlot(OpenToken token, SoftSettings settings) {
        this.token = token;
        this.settings = settings;
    }

    @Override
    public SlotInfo info() {
        return new SlotInfo(token.slot(), "soft token " + token.database().name(), SoftModuleSpi.MANUFACTURER);
    }

    @Override
    public Optional<TokenSpi> token(CallOptions options) throws TokenException {
        Optional<TokenRecord> record =
                token.database().read(options.deadline(), sql -> TokenTable.find(sql, token.slot()));
        return record.map(present -> new SoftToken(token, settings));
    }

    @Override
    public TokenSpi initialize(String label, Pin soPin, CallOptions options) throws TokenException {
        if (label.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(label)) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ARGUMENTS_BAD"), "a token's label is text that UTF-8 can write, without NUL");
        }
        int length = label.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > MAX_LABEL_BYTES) {
            throw new InvalidAttributeException(
                    Status.ckr("CKR_ARGUMENTS_BAD"), "a token's label has 1 to 32 bytes, not " + length);
        }
        new PinPolicy(settings.policy()).check(soPin, List.of());
        Optional<TokenRecord> before =
                token.database().read(options.deadline(), sql -> TokenTable.find(sql, token.slot()));
        if (before.isPresent()) {
            requireIdle();
            new PinGate(token, settings)
                    .openToChange(Role.SECURITY_OFFICER, soPin, options.deadline())
                    .leave();
        }
        write(label, soPin, before, options);
        token.tell(org.symbolon.Change.any());
        return new SoftToken(token, settings);
    }

    private void requireIdle() throws TokenException {
        if (token.hasSessions()) {
            throw new TokenOperationException(
                    Status.ckr("CKR_SESSION_EXISTS"), "sessions are open on the token; close them first");
        }
    }

    private void write(String label, Pin soPin, Optional<TokenRecord> before, CallOptions options)
            throws TokenException {
        UUID uuid = before.map(TokenRecord::uuid).orElseGet(UUID::randomUUID);
        long masterVersion = before.map(TokenRecord::masterVersion).orElse(0L) + 1;
        long epoch = before.map(TokenRecord::epoch).orElse(0L);
        try (TokenKeys keys = TokenKeys.generate();
                SigningKey signingKey = SigningKey.generate()) {
            TokenRecord empty = TokenRecord.create(
                    uuid,
                    token.slot(),
                    label,
                    masterVersion,
                    settings.soMode(),
                    settings.policy().toBytes(),
                    epoch,
                    keys,
                    signingKey);
            KeySlot officer = new SlotSealer(settings).sealFirst(empty, Role.SECURITY_OFFICER, soPin, keys, signingKey);
            TokenRecord record = empty.withKeySlots(List.of(officer), signingKey);
            token.database().write(options.deadline(), token.slot(), sql -> {
                Optional<TokenRecord> now = TokenTable.find(sql, token.slot());
                boolean same = now.map(TokenRecord::epoch).equals(before.map(TokenRecord::epoch));
                if (!same) {
                    throw new TokenOperationException(
                            Status.ckr("CKR_SESSION_EXISTS"), "the token was changed by somebody else meanwhile");
                }
                TokenTable.remove(sql, token.slot());
                token.save(sql, record);
                TokenTable.save(sql, token.slot(), officer, settings.policy().pinTries());
                return true;
            });
            Anchoring.committed(settings, uuid, record.epoch());
        }
    }
}

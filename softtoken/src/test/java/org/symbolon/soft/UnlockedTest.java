package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.Deadline;
import org.symbolon.TokenException;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.SigningKey;
import org.symbolon.soft.seal.TokenKeys;
import org.symbolon.soft.seal.TokenRecord;
import org.symbolon.soft.store.DatabaseLocation;
import org.symbolon.soft.store.TokenTable;

/** The keys of a login outlive the writes that use them, and nothing is written that they did not sign. */
class UnlockedTest {
    private static final byte[] VALUE = {1};
    private static final UUID UID = new UUID(1, 2);

    private OpenDatabase database;
    private OpenToken token;

    @BeforeEach
    void open() throws TokenException {
        database = OpenDatabase.acquire(DatabaseLocation.memory("unlocked"), deadline());
        token = database.token(0);
    }

    @AfterEach
    void close() {
        database.release();
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    @Test
    void leave_whileWriteRuns_zeroesAfterIt() {
        Unlocked unlocked = new Unlocked(token, UID, TokenKeys.generate(), SigningKey.generate());
        unlocked.enter();

        unlocked.leave();

        assertThat(unlocked.keys().indexTag(1, VALUE)).hasSize(16);
        unlocked.leave();
        assertThatThrownBy(() -> unlocked.keys().indexTag(1, VALUE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(unlocked::enter).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void join_keysOfAnotherTokenMasterKey_areNotShared() {
        SigningKey signingKey = SigningKey.generate();
        Unlocked before = new Unlocked(token, UID, TokenKeys.generate(), signingKey);
        Unlocked after = new Unlocked(token, UID, TokenKeys.generate(), signingKey);

        assertThat(before.join(after)).isFalse();
        assertThat(before.join(before)).isTrue();
    }

    @Test
    void save_recordOfAnotherKey_isRefusedAndWritesNothing() throws TokenException {
        SigningKey key = SigningKey.generate();
        TokenRecord record = TokenRecord.create(
                        UID, 0, "label", 1, TokenRecord.SO_OPENS_TOKEN, Bytes.empty(), 0, TokenKeys.generate(), key)
                .withKeySlots(List.of(), key);
        TokenRecord next = record.withRoot(record.root(), SigningKey.generate());

        assertThatThrownBy(() -> token.database().write(deadline(), 0, sql -> {
                    token.save(sql, record);
                    token.save(sql, next);
                    return true;
                }))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("not signed");

        Optional<TokenRecord> kept = token.database().read(deadline(), sql -> TokenTable.find(sql, 0));
        assertThat(kept).isEmpty();
    }
}

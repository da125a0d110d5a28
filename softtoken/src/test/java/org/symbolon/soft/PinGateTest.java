package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Deadline;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Role;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.seal.TokenKeys;
import org.symbolon.soft.store.DatabaseLocation;

/** What happens between the key derivation and the end of a login, and what a good login does beside. */
class PinGateTest {
    private static final ModuleOptions OPTIONS =
            ModuleOptions.ofDefaults().withSetting("kdf", KdfParameters.floor().toString());

    @TempDir
    Path folder;

    private Path database;
    private TokenModule module;
    private OpenDatabase open;
    private RawDatabase raw;

    @BeforeEach
    void makeToken() throws Exception {
        database = folder.resolve("gate.db");
        module = TestTokens.open(database);
        TestTokens.create(module);
        open = OpenDatabase.acquire(DatabaseLocation.file(database), Deadline.after(Duration.ofSeconds(30)));
        raw = new RawDatabase(database);
    }

    @AfterEach
    void close() throws Exception {
        raw.close();
        open.release();
        module.close();
    }

    private Opened login(PinGate.SlotOpener opener) throws TokenException {
        PinGate gate = new PinGate(open.token(0), SoftSettings.of(OPTIONS), Clock.systemUTC(), opener);
        return gate.open(Role.USER, TestTokens.userPin(), Deadline.after(Duration.ofSeconds(30)));
    }

    @Test
    void open_recordTamperedWith_wipesTheKeysThatThePinOpened() throws Exception {
        raw.run("UPDATE token SET epoch = epoch + 1");
        List<TokenKeys> opened = new ArrayList<>();

        assertThatThrownBy(() -> login((slots, slot, pin, host) -> {
                    Optional<PinGate.Keys> keys = PinGate.openSlot(slots, slot, pin, host);
                    opened.add(Objects.requireNonNull(keys.orElseThrow().tokenKeys()));
                    return keys;
                }))
                .isInstanceOf(TokenProtocolException.class);

        assertThat(opened).hasSize(1);
        assertThatThrownBy(() -> opened.get(0).indexTag(1, new byte[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wiped");
    }

    @Test
    void open_slotReplacedDuringTheKeyDerivation_leavesTheFailuresOfTheNewOne() throws Exception {
        login((slots, slot, pin, host) -> {
                    Optional<PinGate.Keys> keys = PinGate.openSlot(slots, slot, pin, host);
                    run("UPDATE key_slot SET salt = randomblob(32), failed_tries = 2 WHERE role = 1");
                    return keys;
                })
                .leave();

        assertThat(raw.read("key_slot", "role = 1").get("failed_tries")).isEqualTo(2);
    }

    @Test
    void open_slotFailedDuringTheKeyDerivation_clearsTheFailures() throws Exception {
        login((slots, slot, pin, host) -> {
                    Optional<PinGate.Keys> keys = PinGate.openSlot(slots, slot, pin, host);
                    run("UPDATE key_slot SET failed_tries = 2 WHERE role = 1");
                    return keys;
                })
                .leave();

        assertThat(raw.read("key_slot", "role = 1").get("failed_tries")).isEqualTo(0);
    }

    private void run(String sql) {
        try {
            raw.run(sql);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void open_throughModuleWithStrongerKdf_raisesTheSlot() throws Exception {
        KdfParameters strong = KdfParameters.argon2id(20_000, 3, 1);
        try (TokenModule careful =
                TestTokens.builder().kdf(strong).sqlite(database).open()) {
            TestTokens.login(careful).close();
        }
        assertThat(raw.read("key_slot", "role = 1").get("kdf")).isEqualTo(strong.toString());
        assertThat(raw.read("key_slot", "role = 0").get("kdf"))
                .as("the officer has not logged in")
                .isEqualTo(KdfParameters.floor().toString());

        TestTokens.login(module).close();

        assertThat(raw.read("key_slot", "role = 1").get("kdf"))
                .as("never lowered")
                .isEqualTo(strong.toString());
    }

    @Test
    void open_pinChangedDuringTheKeyDerivation_isNotRaised() throws Exception {
        KdfParameters strong = KdfParameters.argon2id(20_000, 3, 1);
        SoftSettings settings = SoftSettings.of(ModuleOptions.ofDefaults().withSetting("kdf", strong.toString()));
        PinGate gate = new PinGate(open.token(0), settings, Clock.systemUTC(), (slots, slot, pin, host) -> {
            Optional<PinGate.Keys> keys = PinGate.openSlot(slots, slot, pin, host);
            run("UPDATE key_slot SET salt = zeroblob(32) WHERE role = 1");
            return keys;
        });

        gate.open(Role.USER, TestTokens.userPin(), Deadline.after(Duration.ofSeconds(30)))
                .leave();

        assertThat(raw.read("key_slot", "role = 1").get("kdf"))
                .isEqualTo(KdfParameters.floor().toString());
    }

    @Test
    void reseal_pinChangedSinceTheLogin_keepsTheNewPin() throws Exception {
        SoftSettings settings = SoftSettings.of(OPTIONS);
        Deadline deadline = Deadline.after(Duration.ofSeconds(30));
        Pin changed = Pin.of("changed-pin".toCharArray());
        Opened opened = login(PinGate::openSlot);
        try (Session session = TestTokens.login(module)) {
            session.setPin(TestTokens.userPin(), changed);
        }

        assertThatThrownBy(() -> new SlotUpgrade(open.token(0), settings, new HostSecrets(settings))
                        .reseal(opened, TestTokens.userPin(), deadline))
                .hasMessageContaining("CKR_FUNCTION_REJECTED")
                .hasMessageContaining("changed meanwhile");

        opened.leave();
        module.token(TestTokens.LABEL).open(Login.user(changed)).close();
        assertThatThrownBy(() -> TestTokens.login(module)).hasMessageContaining("CKR_PIN_INCORRECT");
    }
}

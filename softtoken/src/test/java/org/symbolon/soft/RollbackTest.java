package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectClass;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenObject;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.SecretReference;

/** The whole database file is replaced by an older copy of itself. */
class RollbackTest {
    @TempDir
    Path folder;

    private Path database;
    private Path backup;
    private Path anchorFile;
    private RollbackAnchor anchor;
    private String serial = "";

    @BeforeEach
    void makeTokenAndCopy() throws Exception {
        database = folder.resolve("token.db");
        backup = folder.resolve("backup.db");
        anchorFile = folder.resolve("anchor");
        anchor = RollbackAnchor.file(anchorFile);
        try (TokenModule module = anchored()) {
            serial = TestTokens.create(module).info().serialNumber();
            generate(module, "first");
        }
        Files.copy(database, backup);
        try (TokenModule module = anchored()) {
            generate(module, "second");
        }
    }

    private TokenModule anchored() throws Exception {
        return TestTokens.builder().sqlite(database).anchor(anchor).open();
    }

    private static void generate(TokenModule module, String label) throws Exception {
        try (Session session = TestTokens.login(module)) {
            session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label(label));
        }
    }

    private void putBack(Path older) throws Exception {
        Files.deleteIfExists(folder.resolve("token.db-wal"));
        Files.deleteIfExists(folder.resolve("token.db-shm"));
        Files.copy(older, database, StandardCopyOption.REPLACE_EXISTING);
    }

    private SoftAdministration administration() {
        ModuleOptions options = ModuleOptions.ofDefaults()
                .withSetting("kdf", KdfParameters.floor().toString())
                .withSetting("anchor", "file:" + anchorFile);
        return SoftAdministration.of("soft:sqlite:" + database, options, serial);
    }

    private void assertRefused() throws Exception {
        try (TokenModule module = anchored()) {
            assertThatThrownBy(() -> TestTokens.login(module))
                    .isInstanceOf(TokenProtocolException.class)
                    .hasMessageContaining("CKR_DEVICE_ERROR")
                    .hasMessageContaining("older copy of its database was put back")
                    .hasMessageContaining("symbolon token accept-rollback");
            assertThatThrownBy(() -> module.token(TestTokens.LABEL).open(Login.none()))
                    .hasMessageContaining("older copy");
        }
    }

    @Test
    void open_olderFileThanTheAnchor_isRefusedUntilItIsAccepted() throws Exception {
        Path replaced = folder.resolve("replaced.db");
        Files.copy(database, replaced);
        putBack(backup);

        assertRefused();
        administration().acceptRollback(Login.user(TestTokens.userPin()));

        try (TokenModule module = anchored()) {
            generate(module, "third");
        }
        putBack(replaced);
        assertRefused();
    }

    @Test
    void acceptRollback_withWrongPin_acceptsNothing() throws Exception {
        putBack(backup);

        assertThatThrownBy(() -> administration().acceptRollback(Login.user(TestTokens.wrongPin())))
                .hasMessageContaining("CKR_PIN_INCORRECT");

        assertRefused();
    }

    @Test
    void open_anchorBehind_isTakenForAProcessThatDied() throws Exception {
        try (TokenModule module = TestTokens.open(database)) {
            generate(module, "not noted");
        }

        try (TokenModule module = anchored()) {
            TestTokens.login(module).close();
        }
        Files.delete(anchorFile);
        try (TokenModule module = anchored()) {
            TestTokens.login(module).close();
        }
        assertThat(anchorFile).isNotEmptyFile();
    }

    @Test
    void write_inOpenSessionOverPutBackFile_isRefused() throws Exception {
        try (TokenModule module = anchored();
                Session session = TestTokens.login(module);
                RawDatabase raw = new RawDatabase(database);
                RawDatabase old = new RawDatabase(backup)) {
            var row = old.read("token", "1 = 1");
            raw.run(
                    "UPDATE token SET epoch = ?, root = ?, signature = ?",
                    row.get("epoch"),
                    row.get("root"),
                    row.get("signature"));

            assertThatThrownBy(() -> session.generateKey(Mechanism.AES_KEY_GEN.bytes(16), Template.label("x")))
                    .isInstanceOf(TokenProtocolException.class)
                    .hasMessageContaining("went back from epoch");
        }
    }

    @Test
    void open_olderFileWithoutAnchor_isReportedByAProcessThatSawTheNewer() throws Exception {
        try (TokenModule module = TestTokens.open(database);
                LogCapture log = LogCapture.of(OpenToken.class)) {
            TestTokens.login(module).close();
            try (RawDatabase raw = new RawDatabase(database);
                    RawDatabase old = new RawDatabase(backup)) {
                var row = old.read("token", "1 = 1");
                raw.run(
                        "UPDATE token SET epoch = ?, root = ?, signature = ?",
                        row.get("epoch"),
                        row.get("root"),
                        row.get("signature"));
            }

            TestTokens.login(module).close();

            assertThat(log.messages()).anyMatch(message -> message.contains("older copy of its database"));
        }
    }

    @Test
    void open_unusableAnchor_isRefused() throws Exception {
        Files.writeString(anchorFile, "nonsense\n");

        try (TokenModule module = anchored()) {
            assertThatThrownBy(() -> TestTokens.login(module)).hasMessageContaining("the anchor " + anchorFile);
        }
    }

    @Test
    void note_inFile_keepsTheHighestOfEachToken() throws Exception {
        UUID other = new UUID(1, 2);
        RollbackAnchor file = RollbackAnchor.file(folder.resolve("notes"));

        assertThat(file.epoch(other)).isEmpty();
        file.note(other, 7);
        file.note(other, 5);
        file.note(new UUID(3, 4), 1);
        Files.writeString(
                folder.resolve("notes"),
                new UUID(5, 6) + " 00",
                StandardOpenOption.APPEND); // the machine stopped in the middle of a note
        file.note(new UUID(5, 6), 3);

        assertThat(RollbackAnchor.file(folder.resolve("notes")).epoch(other)).hasValue(7);
        assertThat(file.epoch(new UUID(3, 4))).hasValue(1);
        assertThat(file.epoch(new UUID(5, 6))).hasValue(3);
    }

    @Test
    void note_inAnotherToken_keepsTheHighest() throws Exception {
        Path hsm = folder.resolve("hsm.db");
        try (TokenModule module = TestTokens.open(hsm)) {
            TestTokens.create(module);
        }
        Path pin = folder.resolve("hsm.pin");
        Files.writeString(pin, "user-pin");
        RollbackAnchor token = RollbackAnchor.inToken("soft:sqlite:" + hsm, SecretReference.parse("file:" + pin));
        UUID uuid = new UUID(1, 2);

        assertThat(token.epoch(uuid)).isEqualTo(OptionalLong.empty());
        token.note(uuid, 7);
        token.note(uuid, 5);
        token.note(uuid, 9);

        assertThat(token.epoch(uuid)).hasValue(9);
    }

    @Test
    void note_inAnotherTokenByTwoAtOnce_keepsTheHighest() throws Exception {
        Path hsm = folder.resolve("hsm.db");
        try (TokenModule module = TestTokens.open(hsm)) {
            TestTokens.create(module);
        }
        Path pin = folder.resolve("hsm.pin");
        Files.writeString(pin, "user-pin");
        String uri = "soft:sqlite:" + hsm;
        UUID uuid = new UUID(1, 2);
        RollbackAnchor token = RollbackAnchor.inToken(uri, SecretReference.parse("file:" + pin));
        token.note(uuid, 1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<Boolean>> notes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int first = i;
            notes.add(threads.submit(() -> {
                for (int epoch = 2 + first; epoch < 12; epoch += 2) {
                    token.note(uuid, epoch);
                }
                return true;
            }));
        }
        for (Future<Boolean> note : notes) {
            assertThat(note.get()).isTrue();
        }
        threads.shutdown();

        assertThat(token.epoch(uuid)).hasValue(11);
    }

    @Test
    void highest_inObjectsThatAnotherProcessDestroyed_isThatOfTheOthers() throws Exception {
        try (TokenModule module = anchored();
                Session session = TestTokens.login(module)) {
            Template nine = Template.of(Attribute.CLASS, ObjectClass.DATA)
                    .with(Attribute.VALUE, Bytes.of("9".getBytes(StandardCharsets.US_ASCII)));
            TokenObject gone = session.create(nine.onToken());
            TokenObject there = session.create(nine.onToken());
            TokenAnchor.destroy(session, gone);
            TokenAnchor.destroy(session, gone);

            assertThat(TokenAnchor.highest(session, List.of(gone, there))).hasValue(9);
            assertThat(TokenAnchor.highest(session, List.of(gone))).isEmpty();
        }
    }

    @Test
    void note_inFileEpochBelow1_isRefusedAndHarmsNothing() throws Exception {
        RollbackAnchor file = RollbackAnchor.file(folder.resolve("notes"));
        file.note(new UUID(1, 2), 7);

        assertThatThrownBy(() -> file.note(new UUID(3, 4), -1)).isInstanceOf(TokenProtocolException.class);

        assertThat(file.epoch(new UUID(1, 2))).hasValue(7);
    }

    @Test
    void note_inFileThatAnotherHolds_endsWithItsPatience() throws Exception {
        Path notes = folder.resolve("notes");
        FileAnchor file = new FileAnchor(notes, Duration.ofMillis(100));
        try (FileChannel channel = FileChannel.open(notes, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> file.note(new UUID(1, 2), 7))
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("others that use the anchor " + notes);
        }
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        new FileAnchor(link.resolve("notes"), Duration.ofSeconds(10)).note(new UUID(1, 2), 7);
        assertThat(file.epoch(new UUID(1, 2))).hasValue(7);
    }
}

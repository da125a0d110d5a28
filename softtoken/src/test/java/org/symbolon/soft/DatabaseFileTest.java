package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Login;
import org.symbolon.ModuleOptions;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenModule;
import org.symbolon.TokenProtocolException;
import org.symbolon.TokenUnavailableException;

/** Database files: whose they are, of which version, and what happens when they are busy. */
class DatabaseFileTest {
    @TempDir
    Path folder;

    @Test
    void open_newerSchema_isRefusedWithBothVersions() throws Exception {
        Path database = folder.resolve("newer.db");
        TestTokens.open(database).close();
        try (RawDatabase raw = new RawDatabase(database)) {
            raw.run("PRAGMA user_version = 2");
        }

        assertThatThrownBy(() -> TestTokens.open(database))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("newer Symbolon")
                .hasMessageContaining("version 2")
                .hasMessageContaining("up to 1");
    }

    @Test
    void open_databaseOfAnotherProgram_isRefusedAndUnchanged() throws Exception {
        Path database = folder.resolve("browser.db");
        try (RawDatabase raw = new RawDatabase(database)) {
            raw.run("CREATE TABLE history (url TEXT)");
        }

        assertThatThrownBy(() -> TestTokens.open(database)).hasMessageContaining("another program");
        try (RawDatabase raw = new RawDatabase(database)) {
            assertThat(raw.readAll("sqlite_master", "1 = 1")).hasSize(1);
        }
    }

    @Test
    void open_fileThatIsNoDatabase_isRefused() throws Exception {
        Path database = folder.resolve("text.db");
        Files.writeString(database, "hello ".repeat(1000));

        assertThatThrownBy(() -> TestTokens.open(database))
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("is not an SQLite database");
    }

    @Test
    void open_folderThatIsNotThere_saysSo() {
        assertThatThrownBy(() -> TestTokens.open(folder.resolve("missing").resolve("x.db")))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("cannot be created");
    }

    @Test
    void open_malformedUri_saysWhatIsLegal() {
        assertThatThrownBy(() -> TokenModule.open("soft:floppy:a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("soft:sqlite:PATH");
        assertThatThrownBy(() -> TokenModule.open(
                        "soft:memory", ModuleOptions.ofDefaults().withSetting("pin-tries", "many")))
                .hasMessageContaining("pin-tries is a number from 1 to 1000, not many");
        assertThatThrownBy(() -> TokenModule.open(
                        "soft:memory", ModuleOptions.ofDefaults().withSetting("kdf", "md5")))
                .hasMessageContaining("argon2id,m=65536,t=3,p=4");
    }

    @Test
    void open_memoryByName_isSharedWhileOpen() throws Exception {
        ModuleOptions floor = ModuleOptions.ofDefaults()
                .withSetting("kdf", KdfParameters.floor().toString());
        try (TokenModule first = TokenModule.open("soft:memory:shared", floor);
                TokenModule second = TokenModule.open("soft:memory:shared", floor);
                TokenModule other = TokenModule.open("soft:memory", floor)) {
            TestTokens.create(first);

            assertThat(second.tokens()).hasSize(1);
            assertThat(other.tokens()).isEmpty();
        }
        try (TokenModule later = TokenModule.open("soft:memory:shared", floor)) {
            assertThat(later.tokens()).isEmpty();
        }
    }

    @Test
    void create_whileAnotherProcessHoldsTheDatabase_givesUpAtTheDeadline() throws Exception {
        Path database = folder.resolve("busy.db");
        try (TokenModule module = TestTokens.open(database);
                RawDatabase raw = new RawDatabase(database)) {
            TestTokens.create(module);
            try (Session session = TestTokens.login(module)) {
                raw.run("BEGIN IMMEDIATE");
                Session hasty = session.within(Duration.ofMillis(200));
                assertThatThrownBy(() ->
                                hasty.generateKey(org.symbolon.Mechanism.AES_KEY_GEN.bytes(16), Template.label("late")))
                        .isInstanceOf(TokenUnavailableException.class);
                assertThat(session.findAll(org.symbolon.ObjectQuery.all())).isEmpty();
                raw.run("ROLLBACK");
                session.generateKey(org.symbolon.Mechanism.AES_KEY_GEN.bytes(16), Template.label("now"));
            }
        }
    }

    @Test
    void open_newDatabaseThatAnotherProcessHolds_givesUpAtTheDeadline() throws Exception {
        Path database = folder.resolve("held.db");
        ModuleOptions hasty = ModuleOptions.ofDefaults().withTimeout(Duration.ofMillis(200));
        try (RawDatabase raw = new RawDatabase(database)) {
            raw.run("BEGIN EXCLUSIVE");
            assertThatThrownBy(() ->
                            TestTokens.builder().sqlite(database).options(hasty).open())
                    .isInstanceOf(TokenUnavailableException.class);
            raw.run("ROLLBACK");
        }
        TestTokens.open(database).close();
    }

    @Test
    void use_afterClose_isIllegal() throws Exception {
        TokenModule module = TestTokens.builder().open();
        TestTokens.create(module);
        Session session = module.token(TestTokens.LABEL).open(Login.none());
        module.close();

        assertThatThrownBy(() -> session.random(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(module::slots).isInstanceOf(IllegalStateException.class);
    }
}

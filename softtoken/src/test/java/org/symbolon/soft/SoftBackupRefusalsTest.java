package org.symbolon.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Mechanism;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectId;
import org.symbolon.Pin;
import org.symbolon.Template;
import org.symbolon.TokenAuthenticationException;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.TokenProtocolException;
import org.symbolon.soft.archive.ArchiveFormatException;

/** What is damaged, or not for this caller, leaves nothing behind. */
class SoftBackupRefusalsTest extends SoftBackupFixture {
    private static boolean isEmpty(String uri) throws TokenException {
        try (TokenModule opened = TokenModule.open(uri, QUICK)) {
            return opened.tokens().isEmpty();
        }
    }

    @Test
    void copy_withinOneDatabase_isRefused() {
        SoftBackup here = SoftBackup.of(source, QUICK);

        assertThatThrownBy(() -> here.copy(serial, TestTokens.userPin(), here, newSoPin(), newUserPin()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to another database");
    }

    @Test
    void backup_withAnotherPin_isRefusedAndCounted() throws Exception {
        assertThatThrownBy(() -> backup(source, TestTokens.wrongPin(), passphrase()))
                .isInstanceOf(TokenAuthenticationException.class)
                .hasMessageContaining("9 tries are left");
        assertThatThrownBy(() -> backup(source, TestTokens.soPin(), passphrase()))
                .isInstanceOf(TokenAuthenticationException.class)
                .hasMessageContaining("8 tries are left");
    }

    @Test
    void backup_underAShortPassphrase_isRefused() {
        assertThatThrownBy(() -> backup(source, TestTokens.userPin(), Pin.of("elevenbytes".toCharArray())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 12 bytes");
    }

    @Test
    void backup_ofATokenWithADamagedObject_isRefusedOrLeavesItOut() throws Exception {
        session.generateKeyPair(Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label("bystander"));
        String uid = ((ObjectId.Unique) deploy.privateKey().id()).uniqueId();
        try (RawDatabase raw = new RawDatabase(folder.resolve("source.db"))) {
            raw.run("UPDATE object SET version = 7 WHERE uid = x'" + uid.replace("-", "") + "'");
        }

        assertThatThrownBy(this::backup)
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("the object " + uid + " was tampered with");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BackupReport report =
                SoftBackup.of(source, QUICK).withoutDamaged().write(serial, TestTokens.userPin(), passphrase(), out);
        assertThat(report.objects()).isEqualTo(3);
        assertThat(report.leftOut()).singleElement().asString().contains(uid);
        assertThat(objects(out.toByteArray())).hasSize(3).doesNotContainKey(UUID.fromString(uid));
    }

    @Test
    void backup_ofATokenWithARowTakenAway_isRefused() throws Exception {
        String uid = ((ObjectId.Unique) deploy.publicKey().id()).uniqueId();
        try (RawDatabase raw = new RawDatabase(folder.resolve("source.db"))) {
            raw.run("DELETE FROM object WHERE uid = x'" + uid.replace("-", "") + "'");
        }

        assertThatThrownBy(this::backup)
                .isInstanceOf(TokenProtocolException.class)
                .hasMessageContaining("1 of the 2 objects are missing");
    }

    @Test
    void restore_withAnotherPassphrase_isRefused() throws Exception {
        byte[] backup = backup(source, TestTokens.userPin(), Pin.of("another passphrase".toCharArray()));

        assertThatThrownBy(() -> restore(backup, target))
                .isInstanceOf(ArchiveFormatException.class)
                .hasMessage("the passphrase is wrong, or the backup's header is damaged");
        assertThat(isEmpty(target)).isTrue();
    }

    @Test
    void restore_ofAFileDamagedAnywhere_writesNothing() throws Exception {
        for (int i = 0; i < 8; i++) {
            session.create(Template.of(Attribute.CLASS, ObjectClass.DATA)
                    .with(Attribute.TOKEN, true)
                    .with(Attribute.VALUE, Bytes.wrap(new byte[30_000])));
        }
        byte[] backup = backup();
        assertThat(backup.length).isGreaterThan(3 * 65_536);
        List<byte[]> damaged = new ArrayList<>();
        for (int at = 0; at < backup.length; at += at < 200 ? 13 : 24_989) {
            byte[] changed = backup.clone();
            changed[at] ^= 1;
            damaged.add(changed);
            damaged.add(Arrays.copyOf(backup, at));
        }
        damaged.add(Arrays.copyOf(backup, backup.length - 1));
        damaged.add(Arrays.copyOf(backup, backup.length + 1));
        for (byte[] file : damaged) {
            assertThatThrownBy(() -> restore(file, target)).isInstanceOf(ArchiveFormatException.class);
        }
        assertThat(isEmpty(target)).isTrue();

        assertThat(restore(backup, target).objects()).isEqualTo(10);
    }

    @Test
    void restore_fromAFileThatFails_writesNothing() throws Exception {
        byte[] backup = backup();
        InputStream failing = new SequenceInputStream(
                new ByteArrayInputStream(backup, 0, backup.length - 20),
                new FilterInputStream(InputStream.nullInputStream()) {
                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new IOException("the disk is gone");
                    }
                });

        assertThatThrownBy(() -> SoftBackup.of(target, QUICK).restore(failing, passphrase(), newSoPin(), newUserPin()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the disk is gone");
        assertThat(isEmpty(target)).isTrue();
    }

    @Test
    void backup_toAFullDisk_saysSo() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThatThrownBy(() -> SoftBackup.of(source, QUICK).write(serial, TestTokens.userPin(), passphrase(), full))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }

    @Test
    void header_askingForTooMuchWork_isRefusedBeforeAnyIsDone() throws Exception {
        byte[] backup = backup();
        byte[] greedy = new String(backup, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("m=19456,t=2,p=1", "m=9999999,t=2,p")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> restore(greedy, target))
                .isInstanceOf(ArchiveFormatException.class)
                .hasMessageContaining("the backup's header");
    }
}

package org.symbolon.kmip.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbolon.Bytes;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.config.SecretReference;
import org.symbolon.kmip.object.Credential;
import org.symbolon.kmip.object.Device;
import org.symbolon.kmip.object.HashedPassword;
import org.symbolon.kmip.object.OneTimePassword;
import org.symbolon.kmip.object.UsernameAndPassword;

/** Users and what they know. */
class KmipUsersTest {
    private static final Instant NOW = Instant.ofEpochSecond(59); // of RFC 6238's first vector

    @TempDir
    Path folder;

    private KmipUsers users;

    @BeforeEach
    void add() throws Exception {
        Path password = Files.writeString(folder.resolve("alice"), "alice's password");
        Path key = Files.writeString(folder.resolve("key"), "12345678901234567890"); // RFC 6238 appendix B
        try (Pin pin = Pin.of("bob's password".toCharArray())) {
            users = KmipUsers.builder()
                    .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                    .user("alice", new SecretReference.SecretFile(password))
                    .oneTimePasswords("alice", new SecretReference.SecretFile(key))
                    .user("bob", PasswordHash.parse(PasswordHash.of(pin).toString()))
                    .device("SN-1", "bob")
                    .build();
        }
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.takeOver(text.getBytes(StandardCharsets.UTF_8));
    }

    private static UsernameAndPassword user(String name, String password) {
        return new UsernameAndPassword(name, secret(password));
    }

    private KmipProof ask(String source, Credential... credentials) throws KmipAuthenticationException {
        return users.authenticate(new KmipClaim(Optional.empty(), source, List.of(credentials)));
    }

    private String name(Credential... credentials) throws KmipAuthenticationException {
        return ask("here", credentials).identity().name();
    }

    @Test
    void password_byReferenceAndByHash_tellsWhoItIs() throws Exception {
        assertThat(name(user("alice", "alice's password"))).isEqualTo("alice");
        assertThat(name(user("bob", "bob's password"))).isEqualTo("bob");
        assertThat(name(user("bob", "bob's password"))).isEqualTo("bob"); // from what is remembered
    }

    @Test
    void password_thatIsWrong_isRefusedAfterARightOneToo() throws Exception {
        name(user("bob", "bob's password"));
        for (Credential wrong : List.of(
                user("bob", "bob's passwore"),
                user("alice", ""),
                user("carol", "alice's password"),
                new UsernameAndPassword("bob", null))) {
            assertThatThrownBy(() -> ask(wrong.toString(), wrong)).isInstanceOf(KmipAuthenticationException.class);
        }
    }

    @Test
    void credentials_allMustBeRightAndOfOneUser() throws Exception {
        assertThat(name(user("bob", "bob's password"), device("SN-1", "bob's password")))
                .isEqualTo("bob");
        assertThatThrownBy(() -> ask("1", user("bob", "bob's password"), user("alice", "alice's password")))
                .hasMessageContaining("different users");
        assertThatThrownBy(() -> ask("2", user("bob", "bob's password"), device("SN-1", "wrong")))
                .hasMessageContaining("wrong");
        assertThatThrownBy(() -> ask("3", device("SN-2", "bob's password"))).hasMessageContaining("no such");
    }

    private static Device device(String serial, String password) {
        return new Device(serial, secret(password), null, null, null, null);
    }

    @Test
    void guesses_ofOneSource_areRefusedAfterFive_andOfOthersAreNot() throws Exception {
        for (int i = 0; i < Guesses.TRIES; i++) {
            assertThatThrownBy(() -> ask("there", user("alice", "guess"))).hasMessageContaining("wrong");
        }
        assertThatThrownBy(() -> ask("there", user("alice", "alice's password")))
                .hasMessageContaining("too many");
        assertThat(name(user("alice", "alice's password"))).isEqualTo("alice");
    }

    @Test
    void oneTimePassword_isGoodOnceAndWithThePassword() throws Exception {
        assertThatThrownBy(() -> name(new OneTimePassword("alice", secret("guess"), secret("287082"))))
                .as("a guess of the password does not use the code up")
                .hasMessageContaining("wrong");
        OneTimePassword sent = new OneTimePassword("alice", secret("alice's password"), secret("287082"));
        assertThat(name(sent)).isEqualTo("alice");
        assertThatThrownBy(() -> name(sent)).hasMessageContaining("used before");
        assertThatThrownBy(() -> name(new OneTimePassword("alice", null, secret("287082"))))
                .isInstanceOf(KmipAuthenticationException.class);
    }

    @Test
    void hashedPassword_isCheckedAndAnswered() throws Exception {
        byte[] time = ByteBuffer.allocate(8).putLong(59_000_000L).array();
        byte[] first = hash(utf8("alice"), utf8("alice's password"));
        byte[] second = hash(utf8("alice's password"), utf8("alice"));
        byte[] right =
                ByteBuffer.allocate(64).put(hash(first, time)).put(second).array();

        KmipProof proof = ask("here", new HashedPassword("alice", NOW, null, Bytes.wrap(right)));
        assertThat(proof.serverHashedPassword()).contains(Bytes.wrap(hash(time, first, hash(second))));
        Bytes shown = Bytes.of(right.clone());
        assertThat(ask("here", new HashedPassword("alice", NOW, null, shown))
                        .identity()
                        .name())
                .as("with another request")
                .isEqualTo("alice");
        assertThatThrownBy(() -> ask("there", new HashedPassword("alice", NOW, null, shown)))
                .hasMessageContaining("another client");
        right[63] ^= 1;
        assertThatThrownBy(() -> ask("here", new HashedPassword("alice", NOW, null, Bytes.wrap(right))))
                .hasMessageContaining("wrong");
        assertThatThrownBy(() -> ask(
                        "here", new HashedPassword("alice", NOW.plus(Duration.ofMinutes(6)), null, Bytes.wrap(right))))
                .hasMessageContaining("older or newer");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hash(byte[]... parts) throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            hash.update(part);
        }
        return hash.digest();
    }

    @Test
    void claim_withNothing_isNobody() {
        assertThatThrownBy(() -> ask("here")).hasMessageContaining("neither a credential nor a certificate");
    }
}

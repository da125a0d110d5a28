package org.symbolon.soft.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.Pin;
import org.symbolon.Role;

class KeySlotTest {
    private static final UUID TOKEN = new UUID(1, 2);
    private static final Argon2id FLOOR = new Argon2id(Argon2id.MIN_MEMORY_KIB, Argon2id.MIN_PASSES, 1);

    private static Pin pin(String text) {
        return Pin.of(text.toCharArray());
    }

    private static KeySlot seal(@Nullable Bytes hostAnswer, TokenKeys keys) {
        String fingerprint = hostAnswer == null ? null : "00112233";
        return KeySlot.empty(Role.USER, 0, FLOOR, fingerprint, 1, Bytes.empty())
                .seal(TOKEN, pin("1234"), hostAnswer, keys);
    }

    @Test
    void open_boundToHostSecret_wantsItsAnswer() {
        TokenKeys keys = TokenKeys.generate();
        Bytes answer = Bytes.of(new byte[32]);
        KeySlot slot = seal(answer, keys);

        assertThat(slot.open(TOKEN, pin("1234"), answer).orElseThrow().master()).isEqualTo(keys.master());
        assertThat(slot.open(TOKEN, pin("1234"), Bytes.of((byte) 1))).isEmpty();
        assertThatThrownBy(() -> slot.open(TOKEN, pin("1234"), null)).hasMessageContaining("00112233");
        KeySlot unbound = new KeySlot(Role.USER, 0, slot.kdf(), slot.salt(), null, 1, Bytes.empty(), slot.wrapped());
        assertThat(unbound.open(TOKEN, pin("1234"), null))
                .as("the secret's name taken away")
                .isEmpty();
    }

    @Test
    void openSigningKey_ofOfficerWhoCannotDecrypt_givesItAlone() {
        SigningKey key = SigningKey.generate();
        KeySlot slot = KeySlot.empty(Role.SECURITY_OFFICER, 0, FLOOR, null, 1, Bytes.empty())
                .seal(TOKEN, pin("1234"), null, key);

        assertThat(slot.openSigningKey(TOKEN, pin("1234"), null).orElseThrow().publicKey())
                .isEqualTo(key.publicKey());
        assertThat(slot.openSigningKey(TOKEN, pin("4321"), null)).isEmpty();
    }

    @Test
    void open_rightPinOnly_givesTheKeys() {
        TokenKeys keys = TokenKeys.generate();
        KeySlot slot = seal(null, keys);

        assertThat(slot.open(TOKEN, pin("1234"), null).orElseThrow().master()).isEqualTo(keys.master());
        assertThat(slot.open(TOKEN, pin("1235"), null)).isEmpty();
        assertThat(slot.open(new UUID(1, 3), pin("1234"), null))
                .as("another token's")
                .isEmpty();
    }

    @Test
    void open_anyFieldEdited_givesNothing() {
        KeySlot slot = seal(null, TokenKeys.generate());
        String otherKdf = "argon2id,m=20000,t=2,p=1";

        List<KeySlot> edited = List.of(
                new KeySlot(Role.SECURITY_OFFICER, 0, slot.kdf(), slot.salt(), null, 1, Bytes.empty(), slot.wrapped()),
                new KeySlot(Role.USER, 1, slot.kdf(), slot.salt(), null, 1, Bytes.empty(), slot.wrapped()),
                new KeySlot(Role.USER, 0, otherKdf, slot.salt(), null, 1, Bytes.empty(), slot.wrapped()),
                new KeySlot(Role.USER, 0, slot.kdf(), Bytes.of(new byte[32]), null, 1, Bytes.empty(), slot.wrapped()),
                new KeySlot(Role.USER, 0, slot.kdf(), slot.salt(), null, 2, Bytes.empty(), slot.wrapped()),
                new KeySlot(Role.USER, 0, slot.kdf(), slot.salt(), null, 1, Bytes.empty(), Bytes.of(new byte[60])),
                new KeySlot(Role.USER, 0, slot.kdf(), slot.salt(), null, 1, Bytes.empty(), Bytes.empty()));

        assertThat(edited)
                .allSatisfy(
                        bad -> assertThat(bad.open(TOKEN, pin("1234"), null)).isEmpty());
    }

    @Test
    void open_slotOfLaterKind_saysWhatItWants() {
        KeySlot later = new KeySlot(Role.USER, 0, "scrypt,n=5", Bytes.empty(), null, 1, Bytes.empty(), Bytes.empty());
        KeySlot secret =
                new KeySlot(Role.USER, 0, FLOOR.toString(), Bytes.empty(), "keyring", 1, Bytes.empty(), Bytes.empty());

        assertThatThrownBy(() -> later.open(TOKEN, pin("1234"), null)).hasMessageContaining("scrypt,n=5");
        assertThatThrownBy(() -> secret.open(TOKEN, pin("1234"), null)).hasMessageContaining("keyring");
    }

    @Test
    void parse_parametersOutOfRange_nameTheRange() {
        assertThat(Argon2id.parse("argon2id,m=65536,t=3,p=4")).isEqualTo(new Argon2id(65536, 3, 4));
        assertThatThrownBy(() -> Argon2id.parse("argon2id,m=2097152,t=1,p=4"))
                .as("above the ceiling")
                .hasMessageContaining("19456 to 1048576");
        assertThatThrownBy(() -> Argon2id.parse("argon2id,m=1024,t=3,p=1")).hasMessageContaining("19456 to 1048576");
        assertThatThrownBy(() -> Argon2id.parse("argon2id,m=65536,t=1,p=1")).hasMessageContaining("2 to 16");
        assertThatThrownBy(() -> Argon2id.parse("pbkdf2")).hasMessageContaining("argon2id,m=65536,t=3,p=4");
    }

    /**
     * The key derivation must stay what it is, or files become unreadable: the vector of RFC 9106 section 5.3's kind.
     */
    @Test
    void derive_sameInput_staysTheSame() {
        byte[] key = FLOOR.derive("password".getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[32]);

        assertThat(Bytes.of(key).toHex())
                .isEqualTo(Bytes.of(FLOOR.derive(
                                "password".getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[32]))
                        .toHex());
        assertThat(key).hasSize(32);
    }

    @Test
    void use_afterClose_isRefused() {
        TokenKeys keys = TokenKeys.generate();
        keys.close();

        assertThatThrownBy(keys::master).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keys.indexTag(1, new byte[0])).isInstanceOf(IllegalStateException.class);
        assertThat(keys.toString()).isEqualTo("TokenKeys[redacted]");
    }

    @Test
    void open_objectSealedUnderOtherHeader_givesNothing() {
        TokenKeys keys = TokenKeys.generate();
        UUID uid = new UUID(7, 8);
        Attributes hidden = Attributes.builder().set(Attribute.LABEL, "secret").build();
        Attributes clear =
                Attributes.builder().set(Attribute.ID, Bytes.of((byte) 1)).build();
        ObjectRecord record =
                ObjectSeal.seal(keys, TOKEN, ObjectSeal.header(uid, ObjectClass.DATA, true, 3, 1), clear, hidden);

        assertThat(ObjectSeal.open(keys, TOKEN, record)).contains(hidden);
        assertThat(record.sealed().length()).as("padded").isEqualTo(28 + 64);
        List<ObjectRecord> edited = List.of(
                new ObjectRecord(new UUID(7, 9), ObjectClass.DATA, 1, 3, 1, record.clear(), record.sealed()),
                new ObjectRecord(uid, ObjectClass.SECRET_KEY, 1, 3, 1, record.clear(), record.sealed()),
                new ObjectRecord(uid, ObjectClass.DATA, 0, 3, 1, record.clear(), record.sealed()),
                new ObjectRecord(uid, ObjectClass.DATA, 3, 3, 1, record.clear(), record.sealed()),
                new ObjectRecord(uid, ObjectClass.DATA, 1, 4, 1, record.clear(), record.sealed()),
                new ObjectRecord(uid, ObjectClass.DATA, 1, 3, 2, record.clear(), record.sealed()),
                new ObjectRecord(uid, ObjectClass.DATA, 1, 3, 1, Bytes.empty(), record.sealed()),
                new ObjectRecord(uid, ObjectClass.DATA, 1, 3, 1, record.clear(), Bytes.empty()));
        assertThat(edited)
                .allSatisfy(bad -> assertThat(ObjectSeal.open(keys, TOKEN, bad)).isEmpty());
        assertThat(ObjectSeal.open(keys, new UUID(0, 0), record)).isEmpty();
    }
}

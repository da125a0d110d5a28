package org.symbolon.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.Bytes;
import org.symbolon.ObjectClass;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenUnavailableException;
import org.symbolon.config.SshConfiguration;
import org.symbolon.config.SshConfiguration.FindBy;
import org.symbolon.key.PublicKeys;
import org.symbolon.ssh.TokenAuthorizedKeys.Lookup;

class TokenAuthorizedKeysTest {
    private final TestToken token = new TestToken();
    private Session session;
    private TokenAuthorizedKeys keys;
    private SshPublicKey rsa;
    private SshPublicKey ed25519;

    @BeforeEach
    void open() throws Exception {
        session = token.open();
        keys = TokenAuthorizedKeys.in(session);
        rsa = KeyFiles.open("openssh-rsa.pub");
        ed25519 = KeyFiles.open("openssh-ed25519.pub");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521", "ed25519"})
    void add_everyType_isFoundByTwoFinds(String type) throws Exception {
        SshPublicKey key = KeyFiles.open("openssh-" + type + ".pub");
        keys.add("alice", key);
        int before = token.finds();

        assertThat(keys.find("alice", key)).get().satisfies(found -> {
            assertThat(found.key()).isEqualTo(key);
            assertThat(found.user()).isEqualTo("alice");
            assertThat(found.object().attributes().get(Attribute.ID)).isEqualTo(Bytes.wrap(key.id()));
            assertThat(found.object().label()).isEqualTo("alice");
            assertThat(found.object().attributes().get(Attribute.PRIVATE)).isFalse();
            assertThat(found.object().attributes().get(Attribute.TOKEN)).isTrue();
        });
        assertThat(token.finds() - before).isEqualTo(2);
    }

    @Test
    void find_otherUserOrOtherKey_isEmptyAfterTheSameWork() throws Exception {
        keys.add("alice", rsa);
        int before = token.finds();

        assertThat(keys.find("bob", rsa)).isEmpty();
        assertThat(keys.find("alice", ed25519)).isEmpty();
        assertThat(keys.find("Alice", rsa)).isEmpty();
        assertThat(token.finds() - before).isEqualTo(6);
    }

    @Test
    void find_objectThatIsNotVouchedFor_isEmpty() throws Exception {
        keys.add("alice", rsa);
        token.vouching(false);

        assertThat(keys.find("alice", rsa)).isEmpty();
        assertThat(keys.list("alice")).isEmpty();

        token.vouching(true);
        assertThat(keys.find("alice", rsa)).isPresent();
    }

    @Test
    void find_idOfOneKeyOnTheMaterialOfAnother_isEmpty() throws Exception {
        token.store(stored("alice", rsa).with(Attribute.ID, Bytes.wrap(ed25519.id())));

        assertThat(keys.find("alice", ed25519)).isEmpty();
        assertThat(keys.find("alice", rsa)).isEmpty();
        assertThat(keys.list("alice")).isEmpty();
    }

    @Test
    void find_sessionObject_isEmpty() throws Exception {
        token.store(
                stored("alice", rsa).with(Attribute.ID, Bytes.wrap(rsa.id())).with(Attribute.TOKEN, false));

        assertThat(keys.find("alice", rsa)).isEmpty();
    }

    @Test
    void find_objectWithoutKeyMaterial_isEmpty() throws Exception {
        token.store(Attributes.none()
                .with(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                .with(Attribute.LABEL, "alice")
                .with(Attribute.ID, Bytes.wrap(rsa.id())));

        assertThat(keys.find("alice", rsa)).isEmpty();
        assertThat(keys.list("alice")).isEmpty();
    }

    @Test
    void find_garbledKeyMaterialBesideAGoodOne_findsTheGoodOne() throws Exception {
        token.store(stored("alice", rsa)
                .with(Attribute.ID, Bytes.wrap(rsa.id()))
                .with(Attribute.PUBLIC_KEY_INFO, Bytes.ofHex("3003020101")));
        keys.add("alice", rsa);

        assertThat(keys.find("alice", rsa)).isPresent();
        assertThat(keys.list("alice")).extracting(AuthorizedKey::key).containsExactly(rsa);
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "0441", "0403020100"})
    void find_pointThatIsNoneBesideAGoodKey_findsTheGoodOne(String point) throws Exception {
        SshPublicKey ecdsa = KeyFiles.open("openssh-ecdsa-256.pub");
        token.store(stored("alice", ecdsa)
                .with(Attribute.ID, Bytes.wrap(ecdsa.id()))
                .with(Attribute.PUBLIC_KEY_INFO, Bytes.ofHex(""))
                .with(Attribute.EC_POINT, Bytes.ofHex(point)));
        TokenAuthorizedKeys byLabel =
                TokenAuthorizedKeys.builder(session).lookup(Lookup.BY_LABEL).build();

        assertThat(keys.find("alice", ecdsa)).isEmpty();
        assertThat(keys.remove("alice", rsa)).isFalse();

        keys.add("alice", ecdsa);
        keys.add("alice", rsa);
        assertThat(keys.find("alice", ecdsa)).isPresent();
        assertThat(byLabel.find("alice", rsa)).isPresent();
        assertThat(keys.list("alice")).extracting(AuthorizedKey::key).containsExactlyInAnyOrder(ecdsa, rsa);
    }

    @Test
    void of_configuration_labelsAndFindsAsItSays() throws Exception {
        SshConfiguration ssh = new SshConfiguration(
                Optional.of("team"), "ssh:{user}", FindBy.LABEL, Optional.empty(), Optional.empty());
        token.store(stored("ssh:alice", rsa).with(Attribute.ID, Bytes.ofHex("01")));

        assertThat(TokenAuthorizedKeys.of(session, ssh).find("alice", rsa)).isPresent();
        SshConfiguration byId =
                new SshConfiguration(Optional.of("team"), "ssh:{user}", FindBy.ID, Optional.empty(), Optional.empty());
        assertThat(TokenAuthorizedKeys.of(session, byId).find("alice", rsa)).isEmpty();
    }

    @Test
    void remove_key_isRefusedAtOnceAndOthersStay() throws Exception {
        keys.add("alice", rsa);
        keys.add("alice", ed25519);
        keys.add("bob", rsa);

        assertThat(keys.remove("alice", rsa)).isTrue();

        assertThat(keys.find("alice", rsa)).isEmpty();
        assertThat(keys.list("alice")).extracting(AuthorizedKey::key).containsExactly(ed25519);
        assertThat(keys.find("bob", rsa)).isPresent();
        assertThat(keys.remove("alice", rsa)).isFalse();
        assertThat(keys.remove("a\nb", rsa)).isFalse();
    }

    @Test
    void add_twice_isThereOnce() throws Exception {
        keys.add("alice", rsa);
        keys.add("alice", rsa);

        assertThat(keys.list("alice")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o'brien",
                "\"",
                "a/b",
                "../root",
                "DROP TABLE;--",
                "%",
                "*",
                "alice ",
                "ü",
                "a,b=c",
                "{user}",
                "🙂"
            })
    void add_strangeUserName_isDataAndMatchesItselfOnly(String user) throws Exception {
        keys.add(user, rsa);

        assertThat(keys.find(user, rsa)).isPresent();
        assertThat(keys.find("alice", rsa)).isEmpty();
        assertThat(keys.find(user + "x", rsa)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\0", "a\rb", "\t", "a\u2028b", "\ud800"})
    void add_nameWithControlCharacters_isRefusedAndLooksUpToNothing(String user) throws Exception {
        assertThatThrownBy(() -> keys.add(user, rsa))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The user name");
        assertThat(keys.find(user, rsa)).isEmpty();
        assertThat(keys.list(user)).isEmpty();
        assertThat(token.size()).isZero();
    }

    @Test
    void add_longName_isRefusedFrom256Bytes() throws Exception {
        keys.add("é".repeat(127), rsa);

        assertThatThrownBy(() -> keys.add("é".repeat(128), rsa)).hasMessage("The user name has more than 255 bytes");
        assertThat(keys.find("é".repeat(128), rsa)).isEmpty();
    }

    @Test
    void labelPattern_withPrefix_keepsKeysApart() throws Exception {
        TokenAuthorizedKeys prefixed = TokenAuthorizedKeys.builder(session)
                .labelPattern("ssh:{user}@prod")
                .build();
        AuthorizedKey added = prefixed.add("alice", rsa);

        assertThat(added.object().label()).isEqualTo("ssh:alice@prod");
        assertThat(prefixed.find("alice", rsa)).isPresent();
        assertThat(keys.find("alice", rsa)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "{user}{user}", "{USER}"})
    void labelPattern_withoutOnePlaceForTheUser_isRefused(String pattern) {
        assertThatThrownBy(() -> TokenAuthorizedKeys.builder(session)
                        .labelPattern(pattern)
                        .build())
                .hasMessage("labelPattern is \"" + pattern + "\"; it must have {user} exactly once");
    }

    @Test
    void maxKeysPerUser_outOfRange_isRefused() {
        for (int count : List.of(0, -1, 100_001)) {
            assertThatThrownBy(() -> TokenAuthorizedKeys.builder(session)
                            .maxKeysPerUser(count)
                            .build())
                    .hasMessage("maxKeysPerUser is " + count + "; it must be 1 to 100000");
        }
    }

    @Test
    void lookupByLabel_keysWithAnyId_areFoundListedAndRemoved() throws Exception {
        TokenAuthorizedKeys byLabel =
                TokenAuthorizedKeys.builder(session).lookup(Lookup.BY_LABEL).build();
        token.store(stored("alice", rsa).with(Attribute.ID, Bytes.ofHex("01")));
        token.store(stored("alice", ed25519));

        assertThat(byLabel.find("alice", rsa)).isPresent();
        assertThat(byLabel.find("alice", ed25519)).isPresent();
        assertThat(byLabel.find("bob", rsa)).isEmpty();
        assertThat(byLabel.list("alice")).hasSize(2);
        assertThat(byLabel.remove("alice", rsa)).isTrue();
        assertThat(byLabel.find("alice", rsa)).isEmpty();
        assertThat(byLabel.find("alice", ed25519)).isPresent();
        assertThat(keys.find("alice", ed25519)).isEmpty();
    }

    @Test
    void lookupByLabel_moreKeysThanTheBound_readsNoMore() throws Exception {
        TokenAuthorizedKeys few = TokenAuthorizedKeys.builder(session)
                .lookup(Lookup.BY_LABEL)
                .maxKeysPerUser(3)
                .build();
        for (String type : List.of("rsa", "ecdsa-256", "ecdsa-384", "ecdsa-521", "ed25519")) {
            token.store(stored("alice", KeyFiles.open("openssh-" + type + ".pub")));
        }

        assertThat(few.list("alice")).hasSize(3);
    }

    @Test
    void find_tokenThatDoesNotAnswer_saysSo() throws Exception {
        keys.add("alice", rsa);
        token.answering(false);

        assertThatThrownBy(() -> keys.find("alice", rsa))
                .isInstanceOf(TokenUnavailableException.class)
                .isInstanceOf(TokenException.class);
    }

    private static Attributes stored(String label, SshPublicKey key) throws SshFormatException {
        return PublicKeys.template(key.toPublicKey())
                .attributes()
                .with(Attribute.LABEL, label)
                .with(Attribute.TOKEN, true);
    }
}

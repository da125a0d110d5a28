package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.Session;
import org.symbolon.TokenObject;
import org.symbolon.ssh.TokenAuthorizedKeys.Lookup;

/** All keys of a user, shown one after the other. */
class AuthorizedKeysWalkTest {
    private static final AuthorizedKeyOptions RESTRICTED = AuthorizedKeyOptions.of(
            LoginRestrictions.builder().deny(LoginRight.PTY).build());
    private static final int MOST_LISTED = 2;

    private final TestToken token = new TestToken();
    private Session session;

    @BeforeEach
    void open() throws Exception {
        session = token.open();
    }

    private TokenAuthorizedKeys keys(Lookup lookup, int most) {
        return TokenAuthorizedKeys.builder(session)
                .lookup(lookup)
                .maxKeysPerUser(most)
                .build();
    }

    private static SshPublicKey newKey() throws Exception {
        return SshPublicKey.parseSubjectPublicKeyInfo(
                KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded());
    }

    private static List<AuthorizedKey> visited(AuthorizedKeys keys) throws Exception {
        List<AuthorizedKey> visited = new ArrayList<>();
        keys.<RuntimeException>visit("alice", visited::add);
        return visited;
    }

    @ParameterizedTest
    @EnumSource
    void visit_moreKeysThanAreListed_showsEachOnce(Lookup lookup) throws Exception {
        TokenAuthorizedKeys keys = keys(lookup, MOST_LISTED);
        List<SshPublicKey> all = new ArrayList<>();
        for (int i = 0; i < 3 * MOST_LISTED; i++) {
            SshPublicKey key = newKey();
            all.add(key);
            keys.add("alice", key, i % 2 == 0 ? RESTRICTED : AuthorizedKeyOptions.NONE, "");
        }
        keys.add("bob", newKey());

        assertThat(visited(keys)).extracting(AuthorizedKey::key).containsExactlyInAnyOrderElementsOf(all);
        assertThat(visited(keys))
                .allSatisfy(key -> assertThat(key.options())
                        .isEqualTo(all.indexOf(key.key()) % 2 == 0 ? RESTRICTED : AuthorizedKeyOptions.NONE));
    }

    @ParameterizedTest
    @EnumSource
    void visit_plainKeyBesideAnEntry_isOneKeyWithTheStricterOfBoth(Lookup lookup) throws Exception {
        TokenAuthorizedKeys keys = keys(lookup, 100);
        SshPublicKey both = newKey();
        keys.add("alice", both, RESTRICTED, "");
        keys.add("alice", newKey());
        keys.add("bob", both);
        TokenObject plain = session.publicKey("bob");
        token.store(plain.attributes().with(Attribute.LABEL, "alice"));
        token.store(plain.attributes().with(Attribute.LABEL, "alice"));

        assertThat(visited(keys)).hasSize(2).containsExactlyInAnyOrderElementsOf(keys.list("alice"));
        assertThat(visited(keys))
                .filteredOn(key -> key.key().equals(both))
                .singleElement()
                .extracting(AuthorizedKey::options)
                .isEqualTo(RESTRICTED);
    }

    @Test
    void visit_entryThatCannotBeRead_hidesItsKey() throws Exception {
        TokenAuthorizedKeys keys = keys(Lookup.BY_ID, 100);
        SshPublicKey broken = newKey();
        SshPublicKey other = newKey();
        keys.add("alice", broken);
        keys.add("alice", other, RESTRICTED, "");
        TokenObject entry = keys.list("alice").stream()
                .filter(key -> key.key().equals(other))
                .findFirst()
                .orElseThrow()
                .object();
        token.store(session.getAttributes(entry, AuthorizedKeyEntry.READ)
                .with(Attribute.CLASS, org.symbolon.ObjectClass.DATA)
                .with(Attribute.LABEL, "alice " + broken.fingerprint())
                .with(Attribute.VALUE, Bytes.wrap("no line".getBytes(UTF_8))));

        assertThat(visited(keys)).extracting(AuthorizedKey::key).containsExactly(other);
    }

    @Test
    void visit_visitorThatThrows_ends() throws Exception {
        TokenAuthorizedKeys keys = keys(Lookup.BY_ID, 100);
        keys.add("alice", newKey());

        assertThatThrownBy(() -> keys.<IOException>visit("alice", key -> {
                    throw new IOException("the client has gone");
                }))
                .isInstanceOf(IOException.class);
    }
}

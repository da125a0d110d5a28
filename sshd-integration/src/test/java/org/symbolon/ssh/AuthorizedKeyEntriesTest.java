package org.symbolon.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.ObjectClass;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.TokenObject;
import org.symbolon.ssh.TokenAuthorizedKeys.Lookup;

/** Keys that are more than plain ones: options, comments, FIDO keys and CAs. */
class AuthorizedKeyEntriesTest {
    private static final AuthorizedKeyOptions RESTRICTED = AuthorizedKeyOptions.of(
            LoginRestrictions.builder().deny(LoginRight.PTY).command("uptime").build());
    private static final AuthorizedKeyOptions CA =
            new AuthorizedKeyOptions(LoginRestrictions.UNRESTRICTED, true, List.of("ops"));

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
    @ValueSource(strings = {"BY_ID", "BY_KEY", "BY_LABEL"})
    void add_withOptions_areFoundAndListed(Lookup lookup) throws Exception {
        TokenAuthorizedKeys found =
                TokenAuthorizedKeys.builder(session).lookup(lookup).build();

        found.add("alice", rsa, RESTRICTED, "at home");
        found.add("alice", ed25519);

        assertThat(found.find("alice", rsa)).get().satisfies(key -> {
            assertThat(key.options()).isEqualTo(RESTRICTED);
            assertThat(key.comment()).isEqualTo("at home");
            assertThat(key.line().toLine())
                    .startsWith("command=\"uptime\",no-pty ssh-rsa ")
                    .endsWith(" at home");
        });
        assertThat(found.find("bob", rsa)).isEmpty();
        assertThat(found.list("alice")).extracting(AuthorizedKey::key).containsExactlyInAnyOrder(rsa, ed25519);
        assertThat(found.remove("alice", rsa)).isTrue();
        assertThat(found.find("alice", rsa)).isEmpty();
        assertThat(found.find("alice", ed25519))
                .get()
                .extracting(AuthorizedKey::options)
                .isEqualTo(AuthorizedKeyOptions.NONE);
    }

    @Test
    void add_withOptions_isNoPublicKeyToPlainReaders() throws Exception {
        keys.add("alice", rsa, RESTRICTED, "");
        keys.add("alice", ed25519, CA, "");

        assertThat(session.findAll(ObjectQuery.publicKeys())).isEmpty();
    }

    @Test
    void add_again_replacesWhatIsThere() throws Exception {
        keys.add("alice", rsa);
        keys.add("alice", rsa, RESTRICTED, "");
        assertThat(token.size()).isEqualTo(1);
        assertThat(keys.find("alice", rsa))
                .get()
                .extracting(AuthorizedKey::options)
                .isEqualTo(RESTRICTED);

        keys.add("alice", rsa, RESTRICTED, "a comment");
        keys.add("alice", rsa);
        assertThat(token.size()).isEqualTo(1);
        assertThat(keys.find("alice", rsa))
                .get()
                .extracting(AuthorizedKey::options)
                .isEqualTo(RESTRICTED);

        keys.add("alice", rsa, AuthorizedKeyOptions.NONE, "");
        assertThat(token.size()).isEqualTo(1);
        assertThat(keys.find("alice", rsa))
                .get()
                .extracting(AuthorizedKey::options)
                .isEqualTo(AuthorizedKeyOptions.NONE);
    }

    @Test
    void find_plainKeyBesideAnEntry_isTheStricterOfBoth() throws Exception {
        keys.add("alice", rsa, RESTRICTED, "");
        TokenAuthorizedKeys.in(session).add("bob", rsa);
        TokenObject plain = session.publicKey("bob");
        token.store(plain.attributes().with(Attribute.LABEL, "alice"));

        assertThat(keys.find("alice", rsa))
                .get()
                .extracting(AuthorizedKey::options)
                .isEqualTo(RESTRICTED);
    }

    @Test
    void findAuthority_ca_isNeverALogin() throws Exception {
        keys.add("alice", rsa, CA, "the CA");

        assertThat(keys.find("alice", rsa)).isEmpty();
        assertThat(keys.findAuthority("alice", ed25519)).isEmpty();
        assertThat(keys.findAuthority("alice", rsa)).get().satisfies(ca -> {
            assertThat(ca.isCertificateAuthority()).isTrue();
            assertThat(ca.principals()).containsExactly("ops");
        });
        assertThat(keys.list("alice")).hasSize(1);
    }

    @Test
    void add_fidoKey_isFoundWithItsApplication() throws Exception {
        byte[] point = KeyBlob.afterType(ed25519.blob()).string("key", 32);
        SshPublicKey fido = SshPublicKey.parse(new SshWriter()
                .string("sk-ssh-ed25519@openssh.com")
                .string(point)
                .string("ssh:")
                .toByteArray());

        keys.add("alice", fido);

        assertThat(keys.find("alice", fido))
                .get()
                .extracting(AuthorizedKey::key)
                .isEqualTo(fido);
        assertThat(keys.find("alice", ed25519)).isEmpty();
        assertThat(TokenAuthorizedKeys.builder(session)
                        .lookup(Lookup.BY_KEY)
                        .build()
                        .find("alice", fido))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-option KEY", "command=\"x KEY", "KEY OTHER", "", "not utf-8"})
    void find_entryThatCannotBeRead_refusesThatKeyOnly(String line) throws Exception {
        AuthorizedKey stored = keys.add("alice", rsa, RESTRICTED, "");
        keys.add("alice", ed25519, RESTRICTED, "");
        token.store(rsaBeside());
        byte[] bytes = line.equals("not utf-8")
                ? new byte[] {(byte) 0xff}
                : line.replace("KEY OTHER", ed25519.toOpenSshLine(""))
                        .replace("KEY", rsa.toOpenSshLine(""))
                        .getBytes(UTF_8);

        session.setAttributes(stored.object(), Template.of(Attribute.VALUE, Bytes.wrap(bytes)));

        assertThat(keys.find("alice", rsa)).isEmpty();
        assertThat(keys.find("alice", ed25519)).isPresent();
        assertThat(keys.list("alice")).extracting(AuthorizedKey::key).containsExactly(ed25519);
    }

    private org.symbolon.Attributes rsaBeside() throws Exception {
        return AuthorizedKeyObjects.plain(rsa)
                .attributes()
                .with(Attribute.LABEL, "alice")
                .with(Attribute.ID, Bytes.wrap(rsa.id()));
    }

    @Test
    void add_toATokenThatDropsAttributes_isRefusedUnlessOnlyACommentIsLost() throws Exception {
        token.dropping(Attribute.APPLICATION);

        assertThatThrownBy(() -> keys.add("alice", rsa, RESTRICTED, ""))
                .isInstanceOf(InvalidAttributeException.class)
                .hasMessageContaining("the token cannot keep what is more than a plain key")
                .hasMessageContaining(rsa.fingerprint());
        assertThat(token.size()).isZero();

        assertThat(keys.add("alice", rsa, AuthorizedKeyOptions.NONE, "lost").comment())
                .isEmpty();
        assertThat(keys.find("alice", rsa)).isPresent();
        assertThat(session.findAll(ObjectQuery.of(ObjectClass.DATA))).isEmpty();
    }
}

package org.symbolon.ssh.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.ModuleOptions;
import org.symbolon.ObjectQuery;
import org.symbolon.Pin;
import org.symbolon.SecretBytes;
import org.symbolon.Session;
import org.symbolon.TokenModule;
import org.symbolon.config.OpenToken;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshVerifier;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.TestToken;
import org.symbolon.ssh.TokenSigner;
import org.symbolon.ssh.TokenSshKeys;

/** What an agent answers, without a socket. */
class AgentConversationTest {
    private static final byte[] SSHSIG = new SshWriter()
            .raw("SSHSIG".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .string("git")
            .string("")
            .string("sha512")
            .string(new byte[64])
            .toByteArray();

    private final TestToken token = new TestToken();
    private final AtomicBoolean confirmed = new AtomicBoolean(true);
    private AgentKeyPolicy policy = AgentKeyPolicy.ofDefaults();
    private KeyConstraints given = KeyConstraints.NONE;
    private boolean addedKeys = true;
    private Session session;
    private SshPublicKey ec;
    private SshPublicKey rsa;
    private @Nullable Keyring keyring;
    private final AgentLock lock = new AgentLock();

    @BeforeEach
    void fillToken() throws Exception {
        session = token.open();
        token.put("ec", KeyFiles.secret("openssh-ecdsa-256").keyPair());
        token.put("rsa", KeyFiles.secret("openssh-rsa").keyPair());
        ec = SshPublicKey.of(KeyFiles.secret("openssh-ecdsa-256").keyPair().getPublic());
        rsa = SshPublicKey.of(KeyFiles.secret("openssh-rsa").keyPair().getPublic());
    }

    @AfterEach
    void close() {
        if (keyring != null) {
            keyring.close();
        }
        session.close();
    }

    private Keyring keyring() throws Exception {
        Keyring made = keyring;
        if (made == null) {
            TokenSigner signer = new TokenSigner();
            made = new Keyring(
                    signer,
                    (key, label) -> policy,
                    List.of(),
                    List.of(TokenSshKeys.matching(session, signer, ObjectQuery.privateKeys())),
                    given);
            keyring = made;
        }
        return made;
    }

    private AgentConversation conversation(boolean owner) throws Exception {
        AgentRules rules = new AgentRules(
                this::opened,
                Optional.of(question -> confirmed.get()),
                addedKeys,
                KeyConstraints.NONE,
                Clock.systemUTC());
        return new AgentConversation(keyring(), lock, rules, "a test", "alice", owner);
    }

    private Optional<OpenToken> opened(String id, Pin pin) throws org.symbolon.TokenException {
        if (!id.equals("other") || !new String(pin.toChars()).equals("1234")) {
            return Optional.empty();
        }
        TestToken other = new TestToken();
        try {
            other.put("ed", KeyFiles.secret("openssh-ed25519").keyPair());
        } catch (org.symbolon.ssh.SshFormatException e) {
            throw new AssertionError(e);
        }
        return Optional.of(new OpenToken(TokenModule.of(other, ModuleOptions.ofDefaults()), other.open()));
    }

    private static List<String> comments(AgentConversation conversation) throws Exception {
        AgentAnswer.Identities answer =
                (AgentAnswer.Identities) AgentAnswer.parse(conversation.answer(new AgentRequest.List().encode()));
        return answer.identities().stream().map(AgentIdentity::comment).toList();
    }

    private static AgentAnswer sign(AgentConversation conversation, SshPublicKey key, byte[] data, int flags)
            throws GeneralSecurityException {
        return AgentAnswer.parse(
                conversation.answer(new AgentRequest.Sign(Bytes.wrap(key.blob()), Bytes.wrap(data), flags).encode()));
    }

    private static void assertSigned(AgentAnswer answer, SshPublicKey key, byte[] data) throws Exception {
        assertThat(answer).isInstanceOf(AgentAnswer.Signature.class);
        assertThat(SshVerifier.verify(
                        key, data, ((AgentAnswer.Signature) answer).blob().toByteArray()))
                .isTrue();
    }

    @Test
    void sign_shapesThatThePolicyAllows_signsAndNothingElse() throws Exception {
        AgentConversation conversation = conversation(true);

        assertSigned(sign(conversation, ec, SSHSIG, 0), ec, SSHSIG);
        assertSigned(sign(conversation, rsa, SSHSIG, 4), rsa, SSHSIG);
        assertSigned(sign(conversation, rsa, SSHSIG, 2), rsa, SSHSIG);
        assertThat(sign(conversation, rsa, SSHSIG, 0)).as("SHA-1").isEqualTo(AgentAnswer.FAILURE);
        assertThat(sign(conversation, ec, new byte[32], 0))
                .as("an exchange hash")
                .isEqualTo(AgentAnswer.FAILURE);
        assertThat(sign(conversation, ec, new byte[33], 0)).as("anything").isEqualTo(AgentAnswer.FAILURE);
        assertThat(sign(conversation, KeyFiles.open("openssh-ed25519.pub"), SSHSIG, 0))
                .as("an unknown key")
                .isEqualTo(AgentAnswer.FAILURE);
    }

    @Test
    void sign_loginByAnotherKey_isRefused() throws Exception {
        TestHost host = new TestHost("host");
        byte[] id = TestHost.newSessionId();
        AgentConversation conversation = conversation(true);

        assertSigned(sign(conversation, ec, host.login(id, "bob", ec), 0), ec, host.login(id, "bob", ec));
        assertThat(sign(conversation, ec, host.login(id, "bob", rsa), 0)).isEqualTo(AgentAnswer.FAILURE);
    }

    @Test
    void sign_hostsOfThePolicy_onlyWhereTheHostIsProved() throws Exception {
        TestHost host = new TestHost("host");
        TestHost other = new TestHost("other");
        byte[] id = TestHost.newSessionId();
        policy = policy.hosts(host.key().fingerprint()).users("b*");

        assertThat(sign(conversation(true), ec, host.login(id, "bob", ec), 0)).isEqualTo(AgentAnswer.FAILURE);
        AgentConversation bound = conversation(true);
        assertThat(AgentAnswer.parse(bound.answer(host.bind(id, false)))).isEqualTo(AgentAnswer.SUCCESS);
        assertSigned(sign(bound, ec, host.login(id, "bob", ec), 0), ec, host.login(id, "bob", ec));
        assertThat(sign(bound, ec, host.login(id, "alice", ec), 0)).isEqualTo(AgentAnswer.FAILURE);
        AgentConversation elsewhere = conversation(true);
        elsewhere.answer(other.bind(id, false));
        assertThat(sign(elsewhere, ec, other.login(id, "bob", ec), 0)).isEqualTo(AgentAnswer.FAILURE);
    }

    @Test
    void destinations_asSshAgentHasThem() throws Exception {
        TestHost first = new TestHost("first");
        TestHost second = new TestHost("second");
        given = new KeyConstraints(
                Optional.empty(),
                false,
                List.of(
                        new DestinationConstraint(TestHost.here(), first.hop("")),
                        new DestinationConstraint(first.hop(""), second.hop("bob"))),
                List.of());
        byte[] firstId = TestHost.newSessionId();
        byte[] secondId = TestHost.newSessionId();

        AgentConversation local = conversation(true);
        assertThat(comments(local)).as("unbound: shown").containsExactlyInAnyOrder("ec", "rsa");
        assertThat(sign(local, ec, first.login(firstId, "bob", ec), 0))
                .as("unbound")
                .isEqualTo(AgentAnswer.FAILURE);

        AgentConversation toFirst = conversation(true);
        toFirst.answer(first.bind(firstId, false));
        assertSigned(sign(toFirst, ec, first.login(firstId, "bob", ec), 0), ec, first.login(firstId, "bob", ec));
        assertThat(sign(toFirst, ec, SSHSIG, 0)).as("no login").isEqualTo(AgentAnswer.FAILURE);
        assertThat(sign(toFirst, ec, second.login(firstId, "bob", ec), 0))
                .as("another host")
                .isEqualTo(AgentAnswer.FAILURE);
        assertThat(AgentAnswer.parse(toFirst.answer(second.bind(secondId, false))))
                .as("bound twice")
                .isEqualTo(AgentAnswer.FAILURE);

        AgentConversation toSecond = conversation(true);
        toSecond.answer(second.bind(secondId, false));
        assertThat(comments(toSecond)).as("not from here").isEmpty();

        AgentConversation onFirst = conversation(true);
        onFirst.answer(first.bind(firstId, true));
        assertThat(comments(onFirst)).as("seen beyond the forwarding").hasSize(2);
        onFirst.answer(second.bind(secondId, false));
        assertSigned(sign(onFirst, ec, second.login(secondId, "bob", ec), 0), ec, second.login(secondId, "bob", ec));
        assertThat(sign(onFirst, ec, second.login(secondId, "eve", ec), 0))
                .as("another user")
                .isEqualTo(AgentAnswer.FAILURE);

        AgentConversation onSecond = conversation(true);
        onSecond.answer(first.bind(firstId, true));
        onSecond.answer(second.bind(secondId, true));
        assertThat(comments(onSecond)).as("nothing beyond the second").isEmpty();

        AgentConversation forged = conversation(true);
        byte[] binding = first.bind(firstId, false);
        binding[binding.length - 2] ^= 1;
        assertThat(AgentAnswer.parse(forged.answer(binding))).isEqualTo(AgentAnswer.FAILURE);
        assertThat(comments(forged)).as("a binding that failed").isEmpty();
    }

    @Test
    void confirm_answerNo_refuses() throws Exception {
        policy = policy.confirm(true);
        AgentConversation conversation = conversation(true);

        assertSigned(sign(conversation, ec, SSHSIG, 0), ec, SSHSIG);
        confirmed.set(false);
        assertThat(sign(conversation, ec, SSHSIG, 0)).isEqualTo(AgentAnswer.FAILURE);
    }

    @Test
    void lock_hidesEverythingUntilTheRightPassphrase() throws Exception {
        AgentConversation conversation = conversation(true);
        TestHost host = new TestHost("host");

        assertThat(answer(conversation, new AgentRequest.Lock(secret("right")))).isEqualTo(AgentAnswer.SUCCESS);
        assertThat(comments(conversation)).isEmpty();
        assertThat(sign(conversation, ec, SSHSIG, 0)).isEqualTo(AgentAnswer.FAILURE);
        assertThat(AgentAnswer.parse(conversation.answer(host.bind(TestHost.newSessionId(), false))))
                .isEqualTo(AgentAnswer.SUCCESS);
        assertThat(answer(conversation, new AgentRequest.Unlock(secret("wrong"))))
                .isEqualTo(AgentAnswer.FAILURE);
        assertThat(answer(conversation, new AgentRequest.Unlock(secret("right"))))
                .isEqualTo(AgentAnswer.SUCCESS);
        assertThat(comments(conversation)).hasSize(2);
    }

    @Test
    void smartcard_openedByPin_isThereUntilClosed() throws Exception {
        AgentConversation conversation = conversation(true);

        assertThat(answer(conversation, smartcard("other", "9999", KeyConstraints.NONE)))
                .isEqualTo(AgentAnswer.FAILURE);
        assertThat(answer(conversation, smartcard("other", "1234", KeyConstraints.NONE)))
                .isEqualTo(AgentAnswer.SUCCESS);
        assertThat(comments(conversation)).contains("ed");
        SshPublicKey ed =
                SshPublicKey.of(KeyFiles.secret("openssh-ed25519").keyPair().getPublic());
        assertSigned(sign(conversation, ed, SSHSIG, 0), ed, SSHSIG);
        assertThat(answer(conversation, new AgentRequest.RemoveSmartcard("other")))
                .isEqualTo(AgentAnswer.SUCCESS);
        assertThat(comments(conversation)).doesNotContain("ed");
        assertThat(answer(conversation, new AgentRequest.RemoveSmartcard("other")))
                .isEqualTo(AgentAnswer.FAILURE);
    }

    @Test
    void smartcard_lifetimeOver_isClosed() throws Exception {
        AgentConversation conversation = conversation(true);
        answer(conversation, smartcard("other", "1234", lifetime(60)));

        assertThat(comments(conversation)).contains("ed");
        keyring().expire(System.nanoTime() + Duration.ofSeconds(61).toNanos());
        assertThat(comments(conversation)).doesNotContain("ed");
    }

    @Test
    void smartcard_onForwardedConnection_isRefused() throws Exception {
        AgentConversation conversation = conversation(true);
        conversation.answer(new TestHost("host").bind(TestHost.newSessionId(), true));

        assertThat(answer(conversation, smartcard("other", "1234", KeyConstraints.NONE)))
                .isEqualTo(AgentAnswer.FAILURE);
    }

    @Test
    void remove_keysOfTokens_areHiddenAndNotDestroyed() throws Exception {
        AgentConversation conversation = conversation(true);
        int before = token.size();

        assertThat(answer(conversation, new AgentRequest.Remove(Bytes.wrap(ec.blob()))))
                .isEqualTo(AgentAnswer.SUCCESS);
        assertThat(comments(conversation)).containsExactly("rsa");
        assertThat(sign(conversation, ec, SSHSIG, 0)).isEqualTo(AgentAnswer.FAILURE);
        assertThat(answer(conversation, new AgentRequest.RemoveAll())).isEqualTo(AgentAnswer.SUCCESS);
        assertThat(comments(conversation)).isEmpty();
        assertThat(token.size()).isEqualTo(before);
    }

    @Test
    void changes_byAnotherUser_areRefused() throws Exception {
        AgentConversation guest = conversation(false);

        assertThat(comments(guest)).hasSize(2);
        assertSigned(sign(guest, ec, SSHSIG, 0), ec, SSHSIG);
        for (AgentRequest.Sent request : List.of(
                new AgentRequest.RemoveAll(),
                new AgentRequest.Remove(Bytes.wrap(ec.blob())),
                new AgentRequest.Lock(secret("x")),
                smartcard("other", "1234", KeyConstraints.NONE))) {
            assertThat(answer(guest, request)).isEqualTo(AgentAnswer.FAILURE);
        }
        policy = policy.peers("root");
        keyring().removeToken("none"); // so that the policies are asked again
        assertThat(comments(guest)).isEmpty();
    }

    @Test
    void changes_ofTheToken_areFollowed() throws Exception {
        AgentConversation conversation = conversation(true);
        comments(conversation);
        session.destroy(session.findAll(ObjectQuery.privateKeys().label("ec")).get(0));

        assertThat(comments(conversation)).containsExactly("rsa");
    }

    @Test
    void query_namesTheExtensions() throws Exception {
        byte[] answer = conversation(true).answer(new AgentRequest.Extension("query", Bytes.empty()).encode());

        assertThat(((AgentAnswer.ExtensionResponse) AgentAnswer.parse(answer)).contents())
                .isEqualTo(Bytes.wrap(new SshWriter()
                        .string("query")
                        .string("query")
                        .string("session-bind@openssh.com")
                        .toByteArray()));
    }

    @Test
    void nonsense_isAnsweredByAFailure() throws Exception {
        AgentConversation conversation = conversation(true);

        for (byte[] request : List.of(
                new byte[] {1},
                new byte[] {(byte) 200, 1, 2},
                new byte[] {13, 0, 0, 0, 9},
                new byte[] {13, 127, -1, -1, -1},
                new byte[] {11, 0},
                new byte[] {27, 0, 0, 0, 3, 'a', 'b', 'c'})) {
            assertThat(conversation.answer(request)).containsExactly(5);
        }
        assertThat(comments(conversation)).hasSize(2);
    }

    private static AgentAnswer answer(AgentConversation conversation, AgentRequest.Sent request) throws Exception {
        return AgentAnswer.parse(conversation.answer(request.encode()));
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.takeOver(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static AgentRequest.AddSmartcard smartcard(String id, String pin, KeyConstraints constraints) {
        return new AgentRequest.AddSmartcard(id, secret(pin), constraints);
    }

    private static KeyConstraints lifetime(int seconds) {
        return new KeyConstraints(Optional.of(Duration.ofSeconds(seconds)), false, List.of(), List.of());
    }
}

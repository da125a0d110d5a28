package org.symbolon.ssh.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.symbolon.ssh.AuthorizedKey;
import org.symbolon.ssh.AuthorizedKeyOptions;
import org.symbolon.ssh.KeyFiles;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.LoginRight;
import org.symbolon.ssh.SourcePatterns;
import org.symbolon.ssh.SshKeyType;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.SshWriter;

/** Our client against our server, and packets that no client of ours sends. */
class PublicKeySubsystemTest {
    private final MemoryStore store = new MemoryStore();
    private final SshPublicKey ed25519 = KeyFiles.open("openssh-ed25519.pub");
    private final SshPublicKey rsa = KeyFiles.open("openssh-rsa.pub");

    PublicKeySubsystemTest() throws Exception {}

    private static void assertStatus(SubsystemStatus status, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        PublicKeySubsystemException.class,
                        e -> assertThat(e.status()).as(e.getMessage()).isEqualTo(status));
    }

    private Subsystem.Connected connect(SelfServicePolicy policy) throws IOException {
        return new Subsystem(store, policy).connect(SubsystemVersion.RFC4819);
    }

    private AuthorizedKey stored(SshPublicKey key) throws Exception {
        return store.keys("ssh").find("alice", key).orElseThrow();
    }

    private static byte[] add(SshPublicKey key, KeyAttribute... attributes) {
        return new Request.Add(
                        key.type().wireName(), org.symbolon.Bytes.wrap(key.blob()), false, Arrays.asList(attributes))
                .encode(SubsystemVersion.RFC4819);
    }

    private List<Long> codes(SelfServicePolicy policy, byte[]... packets) throws Exception {
        return new Subsystem(store, policy)
                .ask(SubsystemVersion.RFC4819, packets).stream()
                        .filter(Answer.Status.class::isInstance)
                        .map(answer -> ((Answer.Status) answer).code())
                        .toList();
    }

    @ParameterizedTest
    @EnumSource(SubsystemVersion.class)
    void story_ofOneUser_addsListsAndRemoves(SubsystemVersion version) throws Exception {
        store.keys("ssh").add("bob", rsa);
        try (Subsystem.Connected alice = new Subsystem(store, SelfServicePolicy.ofDefaults()).connect(version)) {
            PublicKeySubsystemClient client = alice.client();
            List<KeyAttribute> attributes =
                    List.of(KeyAttribute.comment("my laptop"), KeyAttribute.critical("from", "10.0.0.1"));

            assertThat(client.version()).isEqualTo(version);
            client.add(ed25519, false, attributes);
            assertThat(stored(ed25519).comment()).isEqualTo("my laptop");
            assertThat(stored(ed25519).restrictions().from()).containsExactly(SourcePatterns.parse("10.0.0.1"));
            assertThat(alice.keys()).singleElement().satisfies(key -> {
                assertThat(key.key()).hasValue(ed25519);
                assertThat(key.attribute("comment")).hasValue("my laptop");
                assertThat(key.attribute("from")).hasValue("10.0.0.1");
                assertThat(key.attribute("namespace").isPresent()).isEqualTo(version == SubsystemVersion.RFC7076);
            });
            assertStatus(SubsystemStatus.KEY_ALREADY_PRESENT, () -> client.add(ed25519, false, List.of()));
            client.add(ed25519, true, List.of());
            assertThat(stored(ed25519).restrictions()).isEqualTo(LoginRestrictions.UNRESTRICTED);
            assertStatus(SubsystemStatus.KEY_NOT_FOUND, () -> client.remove(rsa, List.of()));
            client.remove(ed25519, List.of());
            assertThat(alice.keys()).isEmpty();
        }
        assertThat(store.keys("ssh").list("bob")).hasSize(1);
    }

    @Test
    void attributes_areAllListed_withWhatIsImposed() throws Exception {
        SelfServicePolicy policy = SelfServicePolicy.builder()
                .impose(LoginRestrictions.builder()
                        .deny(LoginRight.X11_FORWARDING)
                        .build())
                .build();
        try (Subsystem.Connected alice = connect(policy)) {
            List<SupportedAttribute> attributes = alice.client().attributes();

            assertThat(attributes).hasSize(12).contains(new SupportedAttribute("x11", true));
            assertThat(attributes.stream().filter(SupportedAttribute::compulsory))
                    .hasSize(1);
        }
    }

    @Test
    void add_whereSomethingIsImposed_neverShedsIt() throws Exception {
        LoginRestrictions imposed =
                LoginRestrictions.builder().deny(LoginRight.AGENT_FORWARDING).build();
        try (Subsystem.Connected alice =
                connect(SelfServicePolicy.builder().impose(imposed).build())) {
            alice.client().add(ed25519, false, List.of(KeyAttribute.critical("x11", "")));
            assertThat(stored(ed25519).restrictions().denied())
                    .containsExactlyInAnyOrder(LoginRight.AGENT_FORWARDING, LoginRight.X11_FORWARDING);

            alice.client().add(ed25519, true, List.of());

            assertThat(stored(ed25519).restrictions()).isEqualTo(imposed);
            assertThat(alice.keys().get(0).attribute("agent")).hasValue("");
        }
    }

    @Test
    void key_thatAnAdministratorRestricted_isListedAndLeftAlone() throws Exception {
        LoginRestrictions preset = LoginRestrictions.builder().command("uptime").build();
        store.keys("ssh").add("alice", ed25519, AuthorizedKeyOptions.of(preset), "by admin");
        store.keys("ssh")
                .add("alice", rsa, new AuthorizedKeyOptions(LoginRestrictions.UNRESTRICTED, true, List.of()), "");
        try (Subsystem.Connected alice = connect(SelfServicePolicy.ofDefaults())) {
            assertThat(alice.keys()).singleElement().satisfies(key -> {
                assertThat(key.attribute("command-override")).hasValue("uptime");
                assertThat(key.attribute("comment")).hasValue("by admin");
            });
            for (SshPublicKey key : List.of(ed25519, rsa)) {
                assertStatus(
                        SubsystemStatus.KEY_ALREADY_PRESENT,
                        () -> alice.client().add(key, false, List.of()));
                assertStatus(SubsystemStatus.ACCESS_DENIED, () -> alice.client().add(key, true, List.of()));
                assertStatus(SubsystemStatus.ACCESS_DENIED, () -> alice.client().remove(key, List.of()));
            }
            assertThat(stored(ed25519).restrictions()).isEqualTo(preset);
        }
    }

    @Test
    void key_thatAnAdministratorAddedAsItIs_isTheUsers() throws Exception {
        store.keys("ssh").add("alice", ed25519);
        try (Subsystem.Connected alice = connect(SelfServicePolicy.ofDefaults())) {
            alice.client().add(ed25519, true, List.of(KeyAttribute.critical("x11", "")));
            assertThat(stored(ed25519).restrictions().allows(LoginRight.X11_FORWARDING))
                    .isFalse();
            alice.client().remove(ed25519, List.of());
            assertThat(alice.keys()).isEmpty();
        }
    }

    @Test
    void quota_ofKeysAndBytes_isKept() throws Exception {
        try (Subsystem.Connected one =
                connect(SelfServicePolicy.builder().maxKeys(1).build())) {
            one.client().add(ed25519, false, List.of());
            assertStatus(SubsystemStatus.STORAGE_EXCEEDED, () -> one.client().add(rsa, false, List.of()));
            one.client().add(ed25519, true, List.of(KeyAttribute.comment("still one")));
        }
        try (Subsystem.Connected few =
                connect(SelfServicePolicy.builder().maxBytes(300).build())) {
            assertStatus(
                    SubsystemStatus.STORAGE_EXCEEDED,
                    () -> few.client().add(ed25519, true, List.of(KeyAttribute.comment("x".repeat(300)))));
            assertStatus(
                    SubsystemStatus.STORAGE_EXCEEDED,
                    () -> few.client().add(ed25519, true, List.of(KeyAttribute.comment("x".repeat(60_000)))));
        }
        assertThat(store.keys("ssh").list("alice")).hasSize(1);
    }

    @Test
    void key_thatThePolicyRefuses_isNotSupported() throws Exception {
        SelfServicePolicy strict = SelfServicePolicy.builder()
                .minRsaBits(16_384)
                .keyTypes(Set.of(SshKeyType.RSA))
                .build();
        SshPublicKey other = KeyFiles.open("openssh-ecdsa-256.pub");
        byte[] mixed = new SshWriter()
                .string("add")
                .string("ssh-rsa")
                .string(ed25519.blob())
                .bool(false)
                .uint32(0)
                .toByteArray();

        assertThat(codes(strict, add(rsa), add(other), mixed)).containsExactly(5L, 5L, 5L);
    }

    @Test
    void rights_inTheNamespaceOfLogins_areAskedFor() throws Exception {
        SelfServicePolicy policy = SelfServicePolicy.builder()
                .rule(NamespaceRule.of("alice", "ssh", NamespaceRight.SEE))
                .build();
        try (Subsystem.Connected alice = connect(policy)) {
            assertThat(alice.keys()).isEmpty();
            assertStatus(SubsystemStatus.ACCESS_DENIED, () -> alice.client().add(ed25519, false, List.of()));
            assertStatus(SubsystemStatus.ACCESS_DENIED, () -> alice.client().remove(ed25519, List.of()));
        }
    }

    @Test
    void refusal_ofARestrictedLogin_unlessAllThatRestrictsItIsImposed() {
        LoginRestrictions noX11 =
                LoginRestrictions.builder().deny(LoginRight.X11_FORWARDING).build();
        SubsystemUser user = new SubsystemUser("alice", "SHA256:x", "127.0.0.1:1", noX11, false);

        assertThat(SelfServicePolicy.ofDefaults().refusal(Subsystem.ALICE)).isEmpty();
        assertThat(SelfServicePolicy.ofDefaults().refusal(user)).isPresent();
        assertThat(SelfServicePolicy.builder().impose(noX11).build().refusal(user))
                .isEmpty();
        assertThat(SelfServicePolicy.builder().restrictedLogins(true).build().refusal(user))
                .isEmpty();
    }

    @Test
    void unknownRequest_isRefusedAndTheNextIsServed() throws Exception {
        byte[] certificates = new Request.ListNamespaces().encode(SubsystemVersion.RFC7076);
        byte[] version = Dialogue.versionPacket(SubsystemVersion.RFC4819);
        byte[] command = new SshWriter().string("command").string("rm").toByteArray();

        assertThat(codes(SelfServicePolicy.ofDefaults(), certificates, version, command, add(ed25519)))
                .containsExactly(8L, 8L, 8L, 0L);
    }

    @Test
    void malformedRequest_failsAndTheNextIsServed() throws Exception {
        byte[] whole = add(ed25519);
        byte[] manyAttributes = new SshWriter()
                .string("add")
                .string("ssh-rsa")
                .string(new byte[0])
                .bool(false)
                .uint32(0xffffffffL)
                .toByteArray();
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);

        assertThat(codes(
                        SelfServicePolicy.ofDefaults(),
                        new byte[0],
                        Arrays.copyOf(whole, whole.length - 1),
                        longer,
                        manyAttributes,
                        whole))
                .containsExactly(7L, 7L, 7L, 7L, 0L);
    }

    @Test
    void packet_longerThanAllowed_endsTheSubsystemWithAStatus() throws Exception {
        byte[] sent = new SshWriter()
                .string(Dialogue.versionPacket(SubsystemVersion.RFC4819))
                .uint32(0x10000000)
                .toByteArray();

        byte[] answered = new Subsystem(store, SelfServicePolicy.ofDefaults()).answerTo(SubsystemVersion.RFC4819, sent);

        assertThat(new String(answered, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("status")
                .contains("at most 262144");
    }

    @Test
    void stream_thatEndsWithinAPacket_isAnError() {
        byte[] sent = new SshWriter()
                .string(Dialogue.versionPacket(SubsystemVersion.RFC4819))
                .uint32(10)
                .octet(0)
                .toByteArray();

        assertThatThrownBy(() ->
                        new Subsystem(store, SelfServicePolicy.ofDefaults()).answerTo(SubsystemVersion.RFC4819, sent))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void version_thatIsTooLow_isAnsweredWithItsStatusAndTheEnd() throws Exception {
        byte[] old = new SshWriter().string("version").uint32(1).toByteArray();
        byte[] sent = new SshWriter().string(old).string(add(ed25519)).toByteArray();

        byte[] answered = new Subsystem(store, SelfServicePolicy.ofDefaults()).answerTo(SubsystemVersion.RFC4819, sent);

        assertThat(answered)
                .isEqualTo(new SshWriter()
                        .string(Dialogue.versionPacket(SubsystemVersion.RFC4819))
                        .string(Answer.Status.of(SubsystemStatus.VERSION_NOT_SUPPORTED, "version 2 or newer is wanted")
                                .encode())
                        .toByteArray());
        assertThat(store.keys("ssh").list("alice")).isEmpty();
    }

    @Test
    void version_thatIsNotFirst_endsTheSubsystem() throws Exception {
        byte[] sent = new SshWriter().string(add(ed25519)).toByteArray();

        new Subsystem(store, SelfServicePolicy.ofDefaults()).answerTo(SubsystemVersion.RFC4819, sent);

        assertThat(store.keys("ssh").list("alice")).isEmpty();
    }

    @Test
    void version_higherThanOurs_isTalkedDown() throws Exception {
        byte[] sent = new SshWriter()
                .string(new SshWriter().string("version").uint32(99).toByteArray())
                .string(add(ed25519))
                .toByteArray();

        new Subsystem(store, SelfServicePolicy.ofDefaults()).answerTo(SubsystemVersion.RFC4819, sent);

        assertThat(store.keys("ssh").list("alice")).hasSize(1);
    }

    @Test
    void store_thatDoesNotAnswer_isAFailureAndServedLater() throws Exception {
        try (Subsystem.Connected alice = connect(SelfServicePolicy.ofDefaults())) {
            store.keys("ssh").answering(false);
            assertStatus(SubsystemStatus.GENERAL_FAILURE, () -> alice.client().add(ed25519, false, List.of()));
            store.keys("ssh").answering(true);
            alice.client().add(ed25519, false, List.of());
            assertThat(new ArrayList<>(alice.keys())).hasSize(1);
        }
    }
}

package org.symbolon.ssh.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.symbolon.Session;
import org.symbolon.TokenUnavailableException;
import org.symbolon.ssh.SshPublicKey;
import org.symbolon.ssh.TestToken;

class SshCertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final CertificateValidity EIGHT_HOURS =
            CertificateValidity.between(NOW, NOW.plus(Duration.ofHours(8)));

    private final TestToken token = new TestToken();
    private Session session;
    private SshPublicKey user;

    @BeforeEach
    void open() throws Exception {
        session = token.open();
        user = SshPublicKey.of(keys("EC", 256).getPublic());
    }

    @AfterEach
    void close() {
        session.close();
    }

    @ParameterizedTest
    @CsvSource({"EC,256", "EC,384", "EC,521", "RSA,3072", "Ed25519,255"})
    void issue_byKeyOfAnyType_isReadBackAndKept(String algorithm, int bits) throws Exception {
        SshCertificateAuthority authority = authority("ca", algorithm, bits);

        SshCertificate certificate = authority.issue(request("alice"));

        assertThat(SshCertificate.parse(certificate.blob())).isEqualTo(certificate);
        assertThat(certificate.serial()).isPositive();
        assertThat(certificate.authority()).isEqualTo(authority.publicKey());
        assertThat(authority.issued(any -> true)).containsExactly(certificate);
        certificate.requireUser(Set.of("alice"), NOW);
    }

    @Test
    void issue_serialTaken_isRefusedAndOfAnotherAuthorityIsNot() throws Exception {
        SshCertificateAuthority one = authority("one", "EC", 256);
        SshCertificateAuthority other = authority("other", "EC", 256);
        one.issue(request("alice").serial(7));

        assertThatThrownBy(() -> one.issue(request("bob").serial(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Serial 7 is taken by another certificate");
        assertThat(other.issue(request("bob").serial(7)).serial()).isEqualTo(7);
    }

    @Test
    void issue_withoutSerials_neverGivesOneTwice() throws Exception {
        SshCertificateAuthority authority = authority("ca", "Ed25519", 255);
        Set<Long> serials = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            serials.add(authority.issue(request("alice")).serial());
        }
        assertThat(serials).hasSize(100).doesNotContain(0L);
    }

    @Test
    void issue_withoutPrincipals_isRefused() throws Exception {
        SshCertificateAuthority authority = authority("ca", "EC", 256);

        assertThatThrownBy(
                        () -> authority.issue(SshCertificateBuilder.user(user).keyId("x")))
                .hasMessage("A certificate needs a key id and principals");
        assertThatThrownBy(() -> SshCertificateBuilder.user(user).principals(List.of()))
                .hasMessageContaining("without one it would be good for all");
        assertThatThrownBy(() -> SshCertificateBuilder.user(user).keyId("a\nb"))
                .hasMessageContaining("no control characters");
    }

    @Test
    void issue_tokenFails_throwsAndKeepsNothing() throws Exception {
        SshCertificateAuthority authority = authority("ca", "EC", 256);
        int before = token.size();
        token.answering(false);

        assertThatThrownBy(() -> authority.issue(request("alice"))).isInstanceOf(TokenUnavailableException.class);
        assertThat(token.size()).isEqualTo(before);
    }

    @Test
    void forget_expired_keepsTheOthers() throws Exception {
        SshCertificateAuthority authority = authority("ca", "EC", 256);
        authority.issue(request("alice"));
        SshCertificate forever = authority.issue(request("bob").validity(CertificateValidity.always()));

        assertThat(authority.forget(NOW.plus(Duration.ofHours(7)))).isZero();
        assertThat(authority.forget(NOW.plus(Duration.ofHours(9)))).isEqualTo(1);
        assertThat(authority.issued(any -> true)).containsExactly(forever);
    }

    @Test
    void revocations_inTheToken_areOneListWithAVersionThatGrows() throws Exception {
        SshCertificateAuthority authority = authority("ca", "EC", 256);
        SshCertificate alice = authority.issue(request("alice"));
        SshCertificate bob = authority.issue(request("bob"));
        TokenRevocations revocations = new TokenRevocations(session);
        assertThat(revocations.list().isEmpty()).isTrue();

        revocations.add(KeyRevocationList.builder().revoke(alice).comment("lost"), NOW);
        byte[] first = revocations.list().toBytes();
        assertThat(revocations.list().isRevoked(alice)).isTrue();
        assertThat(revocations.list().isRevoked(bob)).isFalse();
        assertThat(revocations.list().toBytes()).isEqualTo(first);

        revocations.add(
                KeyRevocationList.builder().revokeKeyId(authority.publicKey(), bob.keyId()), NOW.plusSeconds(1));
        assertThat(revocations.list().version()).isEqualTo(2);
        assertThat(revocations.list().isRevoked(bob)).isTrue();
        assertThat(revocations.each()).extracting(KeyRevocationList::comment).containsExactly("lost", "");
        assertThatThrownBy(() -> revocations.add(KeyRevocationList.builder(), NOW))
                .hasMessage("Nothing is given that is to be revoked");
    }

    @Test
    void revocations_oneUnreadable_theListCannotBeRead() throws Exception {
        session.create(DataRecord.template(TokenRevocations.APPLICATION, "ssh-krl-bad", new byte[] {1}));

        assertThatThrownBy(() -> new TokenRevocations(session).list())
                .hasMessageContaining("The revocation data \"ssh-krl-bad\"")
                .hasMessageContaining("cannot be read");
    }

    private SshCertificateBuilder request(String name) {
        return SshCertificateBuilder.user(user)
                .keyId(name + "'s laptop")
                .principals(List.of(name))
                .validity(EIGHT_HOURS);
    }

    private SshCertificateAuthority authority(String label, String algorithm, int bits) throws Exception {
        token.put(label, keys(algorithm, bits));
        return SshCertificateAuthority.labelled(session, label);
    }

    private static KeyPair keys(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }
}

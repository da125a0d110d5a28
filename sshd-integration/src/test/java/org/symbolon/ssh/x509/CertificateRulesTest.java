package org.symbolon.ssh.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.symbolon.ssh.x509.TestCa.Leaf;

final class CertificateRulesTest {
    private static final List<String> HOSTILE = List.of(
            "",
            "alice,O=Example",
            "alice@example.com",
            "alice\n",
            "alice\0",
            "*",
            ".*",
            "(alice)",
            "alice,CN=bob",
            "CN=alice",
            "../alice",
            "alice)(uid=*",
            "Alice",
            "{user}",
            "x".repeat(300));

    @Test
    void upn_ofThisUserAndDomain() throws Exception {
        X509Certificate alice = issue(leaf("Alice A.").upn("alice@example.com"));

        assertOnlyAlice(CertificateRules.builder().upn("{user}@EXAMPLE.com").build(), alice);
        assertThat(CertificateRules.builder().upn("{user}@example.org").build().permits("alice", alice))
                .isFalse();
        assertThat(CertificateRules.builder()
                        .email("{user}@example.com")
                        .build()
                        .permits("alice", alice))
                .isFalse();
    }

    @Test
    void email_anyOfSeveral() throws Exception {
        X509Certificate alice = issue(leaf("Alice A.").emails("a.b@example.com", "alice@example.com"));

        assertOnlyAlice(CertificateRules.builder().email("{user}@example.com").build(), alice);
    }

    @Test
    void subject_asPatternOrOfOneUser() throws Exception {
        X509Certificate alice = issue(leaf("CN=alice,OU=People,O=Example"));

        assertOnlyAlice(
                CertificateRules.builder()
                        .subject("CN={user},OU=people,O=EXAMPLE")
                        .build(),
                alice);
        assertThat(CertificateRules.builder()
                        .subject("CN={user},O=Example")
                        .build()
                        .permits("alice", alice))
                .isFalse();
        assertOnlyAlice(
                CertificateRules.builder()
                        .subjectOf("alice", "cn=Alice, ou=People, o=Example")
                        .build(),
                alice);
    }

    @Test
    void subject_patternInTheMiddleOfAValue() throws Exception {
        X509Certificate alice = issue(leaf("CN=user alice (card),O=Example"));

        assertOnlyAlice(
                CertificateRules.builder()
                        .subject("CN=user {user} (card),O=Example")
                        .build(),
                alice);
    }

    @Test
    void commonName_groupIsTheUser() throws Exception {
        X509Certificate alice = issue(leaf("CN=alice (smart card),O=Example"));
        CertificateRules rules = CertificateRules.builder()
                .commonName(Pattern.compile("([a-z]+) \\(smart card\\)"))
                .build();

        assertOnlyAlice(rules, alice);
        assertThat(rules.permits("alice", issue(leaf("CN=xx alice (smart card),O=Example"))))
                .isFalse();
    }

    @Test
    void fingerprintsAndSerials_ofOneUser() throws Exception {
        X509Certificate alice = issue(leaf("anyone"));
        String certificate = CertificateText.sha256(alice);
        String key = HexFormat.ofDelimiter(":")
                .formatHex(CertificateText.sha256(alice.getPublicKey().getEncoded()));

        assertOnlyAlice(
                CertificateRules.builder().certificateOf("alice", certificate).build(), alice);
        assertOnlyAlice(CertificateRules.builder().publicKeyOf("alice", key).build(), alice);
        assertOnlyAlice(
                CertificateRules.builder()
                        .issuerAndSerialOf("alice", "CN=Root,O=Example", alice.getSerialNumber())
                        .build(),
                alice);
        X509Certificate other = issue(leaf("anyone"));
        assertThat(CertificateRules.builder()
                        .certificateOf("alice", certificate)
                        .publicKeyOf("alice", key)
                        .issuerAndSerialOf("alice", "CN=Root,O=Example", alice.getSerialNumber())
                        .build()
                        .permits("alice", other))
                .isFalse();
    }

    @Test
    void withoutRules_nobody() throws Exception {
        assertThat(CertificateRules.builder().build().permits("alice", issue(leaf("alice"))))
                .isFalse();
    }

    @Test
    void or_asksTheOther() throws Exception {
        X509Certificate certificate = issue(leaf("anyone"));
        CertificateUsers directory = (user, offered) -> user.equals("bob") && offered.equals(certificate);

        assertThat(CertificateRules.builder().build().or(directory).permits("bob", certificate))
                .isTrue();
    }

    @Test
    void badPatterns_areRefused() {
        CertificateRules.Builder rules = CertificateRules.builder();
        assertThatThrownBy(() -> rules.upn("{user}"))
                .hasMessage("upn is \"{user}\"; it must be like {user}@example.com");
        assertThatThrownBy(() -> rules.email("a@example.com"))
                .hasMessage("email is \"a@example.com\"; it must have {user} once");
        assertThatThrownBy(() -> rules.subject("{user}")).hasMessageContaining("it must be a name as of RFC 2253");
        assertThatThrownBy(() -> rules.commonName(Pattern.compile("[a-z]+"))).hasMessageContaining("has 0 groups");
        assertThatThrownBy(() -> rules.publicKeyOf("alice", "aa:bb")).hasMessageContaining("64 hexadecimal digits");
    }

    private static void assertOnlyAlice(CertificateRules rules, X509Certificate certificate) {
        assertThat(rules.permits("alice", certificate)).isTrue();
        for (String user : HOSTILE) {
            assertThat(rules.permits(user, certificate)).as(user).isFalse();
        }
    }

    private static Leaf leaf(String subject) throws Exception {
        return new Leaf(subject, TestCa.keyPair().getPublic());
    }

    private static X509Certificate issue(Leaf leaf) throws Exception {
        return TestCa.root("Root").issue(leaf);
    }
}

package org.symbolon.ssh.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.symbolon.Bytes;
import org.symbolon.ssh.x509.CertificateRefusedException.Reason;
import org.symbolon.ssh.x509.RevocationPolicy.Mode;
import org.symbolon.ssh.x509.TestCa.Leaf;

final class X509ValidatorTest {
    private static final RevocationPolicy OFF =
            RevocationPolicy.builder().mode(Mode.OFF).build();
    private static final RevocationPolicy LISTS =
            RevocationPolicy.builder().fetching(false, false).build();

    private TestCa root;
    private KeyPair keys;

    @BeforeEach
    void makeAuthority() throws Exception {
        root = TestCa.root("Root");
        keys = TestCa.keyPair();
    }

    @Test
    void validate_chainToAnAnchor_isGood() throws Exception {
        TestCa middle = root.under("Middle");
        X509Certificate leaf = middle.issue(alice().purposes(TestCa.SSH_CLIENT).usage(0x80));

        assertThat(validate(trusting(root), OFF, leaf, middle.certificate())).isEqualTo(leaf);
        assertThat(validate(trusting(root), OFF, leaf, middle.certificate(), root.certificate()))
                .isEqualTo(leaf);
        assertThat(validate(trusting(middle), OFF, leaf)).isEqualTo(leaf);
    }

    @Test
    void validate_intermediateThatIsKnownHere_needNotBeSent() throws Exception {
        TestCa middle = root.under("Middle");
        Authorities known = Authorities.of(List.of(root.certificate()), List.of(middle.certificate()), List.of());

        X509Certificate leaf = middle.issue(alice());
        assertThat(validate(known, OFF, leaf)).isEqualTo(leaf);
        assertRefused(Reason.UNTRUSTED, "no trusted authority issued it", trusting(root), OFF, leaf);
    }

    @Test
    void validate_rootThatThePeerSentItself_isNotTrusted() throws Exception {
        TestCa other = TestCa.root("Root");
        X509Certificate leaf = other.issue(alice());

        assertRefused(Reason.UNTRUSTED, "no trusted authority", trusting(root), OFF, leaf, other.certificate());
        assertRefused(Reason.UNTRUSTED, "no trusted authority", trusting(), OFF, leaf, other.certificate());
    }

    @Test
    void validate_issuerThatIsNoAuthority_isRefused() throws Exception {
        TestCa user = root.under("Mallory");
        X509Certificate mallory =
                root.issue(new Leaf("Mallory", user.certificate().getPublicKey()));
        X509Certificate leaf = user.issue(alice());

        assertRefused(Reason.UNTRUSTED, "CA", trusting(root), OFF, leaf, mallory);
    }

    @Test
    void validate_usersVersion1CertificateAmongTheAnchors_isNoAuthority() throws Exception {
        KeyPair others = TestCa.keyPair();
        X509Certificate mallory = root.issue(new Leaf("mallory", others.getPublic()).version1());
        Authorities all = Authorities.of(List.of(root.certificate(), mallory), List.of(), List.of());

        X509Certificate forged = TestCa.by(others, mallory).issue(alice());
        assertThat(all.size()).isEqualTo(1);
        assertRefused(Reason.UNTRUSTED, "no trusted authority issued it", all, OFF, forged);
    }

    @Test
    void validate_loopOfAuthorities_ends() throws Exception {
        TestCa first = TestCa.root("First");
        TestCa second = TestCa.root("Second");
        X509Certificate firstBySecond =
                second.issue(authority("First", first.certificate().getPublicKey()));
        X509Certificate secondByFirst =
                first.issue(authority("Second", second.certificate().getPublicKey()));
        Authorities loop =
                Authorities.of(List.of(root.certificate()), List.of(firstBySecond, secondByFirst), List.of());

        assertRefused(
                Reason.UNTRUSTED,
                "no trusted authority",
                loop,
                OFF,
                first.issue(alice()),
                firstBySecond,
                secondByFirst);
    }

    @Test
    void validate_outOfItsTime_isRefused() throws Exception {
        Instant now = Instant.now();
        X509Certificate past = root.issue(alice().validity(now.minusSeconds(7200), now.minusSeconds(3600)));
        X509Certificate future = root.issue(alice().validity(now.plusSeconds(3600), now.plusSeconds(7200)));

        assertRefused(Reason.EXPIRED, "validity check failed: NotAfter: ", trusting(root), OFF, past);
        assertRefused(Reason.EXPIRED, "validity check failed: NotBefore: ", trusting(root), OFF, future);
    }

    @Test
    void validate_purposes_asTheSettingSays() throws Exception {
        X509Certificate tls = root.issue(alice().purposes(TestCa.TLS_CLIENT));
        X509Certificate any = root.issue(alice().purposes("2.5.29.37.0"));
        X509Certificate wraps = root.issue(alice().usage(0x20));

        assertRefused(
                Reason.PURPOSE,
                "its ExtendedKeyUsage [1.3.6.1.5.5.7.3.2] lacks 1.3.6.1.5.5.7.3.21",
                trusting(root),
                OFF,
                tls);
        assertRefused(Reason.PURPOSE, "lacks 1.3.6.1.5.5.7.3.21", trusting(root), OFF, any);
        assertRefused(Reason.PURPOSE, "its KeyUsage lacks digitalSignature", trusting(root), OFF, wraps);
        X509Validator lenient = X509Validator.builder(TrustAnchors.of(trusting(root)))
                .revocation(OFF)
                .extendedKeyUsage(ExtendedKeyUsage.TLS)
                .anyExtendedKeyUsage(true)
                .build();
        assertThat(lenient.validate(blob(tls), X509Purpose.USER, "test")).isEqualTo(tls);
        assertThat(lenient.validate(blob(any), X509Purpose.USER, "test")).isEqualTo(any);
        assertThatThrownBy(() -> lenient.validate(blob(tls), X509Purpose.HOST, "test"))
                .hasMessageContaining("lacks 1.3.6.1.5.5.7.3.22 and 1.3.6.1.5.5.7.3.1");
    }

    @Test
    void validate_algorithmThatIsNotAccepted_isRefused() throws Exception {
        X509Validator onlyRsa = X509Validator.builder(TrustAnchors.of(trusting(root)))
                .algorithms(List.of(X509Algorithm.RSA2048_SHA256))
                .build();

        assertThatThrownBy(() -> onlyRsa.validate(blob(root.issue(alice())), X509Purpose.USER, "test"))
                .hasMessageContaining("x509v3-ecdsa-sha2-nistp256 is not among the accepted algorithms");
    }

    @Test
    void revocation_byListsThatAreThere() throws Exception {
        X509Certificate lost = root.issue(alice());
        X509Certificate renewed = root.issue(alice());
        Authorities known = Authorities.of(List.of(root.certificate()), List.of(), List.of(root.crl(lost)));

        assertRefused(Reason.REVOKED, "it was revoked: CRL: ", known, LISTS, lost);
        assertThat(validate(known, LISTS, renewed)).isEqualTo(renewed);
    }

    @Test
    void revocation_listThatHasEndedOrIsOfAnother_isNoAnswer() throws Exception {
        X509Certificate leaf = root.issue(alice());
        X509CRL ended = root.crl(Instant.now().minus(Duration.ofDays(9)), Duration.ofDays(1));
        X509CRL forged = TestCa.root("Root").crl();

        for (X509CRL list : List.of(ended, forged)) {
            Authorities known = Authorities.of(List.of(root.certificate()), List.of(), List.of(list));
            assertRefused(Reason.REVOCATION_UNKNOWN, "whether it was revoked is not known: CRL: ", known, LISTS, leaf);
            assertThat(validate(known, soft().build(), leaf)).isEqualTo(leaf);
        }
    }

    @Test
    void revocation_ofAnIntermediate_refusesTheLeaf() throws Exception {
        TestCa middle = root.under("Middle");
        X509Certificate leaf = middle.issue(alice());
        Authorities known = Authorities.of(
                List.of(root.certificate()), List.of(), List.of(root.crl(middle.certificate()), middle.crl()));

        assertRefused(Reason.REVOKED, "CN=Middle", known, LISTS, leaf, middle.certificate());
    }

    @Test
    void revocation_stapledResponse_isBelievedWhileItIsNew() throws Exception {
        X509Certificate leaf = root.issue(alice());
        Instant now = Instant.now();
        byte[] good = root.ocsp(leaf, false, now, Optional.empty(), new byte[0]);
        byte[] old =
                root.ocsp(leaf, false, now.minus(Duration.ofHours(3)), Optional.of(now.plusSeconds(3600)), new byte[0]);
        byte[] bad = root.ocsp(leaf, true, now, Optional.empty(), new byte[0]);
        byte[] forged = TestCa.root("Root").ocsp(leaf, false, now, Optional.empty(), new byte[0]);
        X509Validator validator = X509Validator.builder(TrustAnchors.of(trusting(root)))
                .revocation(LISTS)
                .build();

        assertThat(validator.validate(stapled(leaf, good), X509Purpose.USER, "test"))
                .isEqualTo(leaf);
        assertThatThrownBy(() -> validator.validate(stapled(leaf, bad), X509Purpose.USER, "test"))
                .hasMessageContaining("it was revoked: OCSP");
        assertThatThrownBy(() -> validator.validate(stapled(leaf, old), X509Purpose.USER, "test"))
                .hasMessageContaining("not known: no CRL of its issuer; stapled OCSP: it is too old");
        assertThatThrownBy(() -> validator.validate(stapled(leaf, forged), X509Purpose.USER, "test"))
                .hasMessageContaining("whether it was revoked is not known");
        assertThatThrownBy(() -> validator.validate(stapled(leaf, new byte[9]), X509Purpose.USER, "test"))
                .hasMessageContaining("stapled OCSP response: response has tag 0x00 instead of 0x30");
    }

    @Test
    void revocation_stapledGood_doesNotOverruleTheList() throws Exception {
        X509Certificate leaf = root.issue(alice());
        byte[] good = root.ocsp(leaf, false, Instant.now(), Optional.empty(), new byte[0]);
        X509Validator validator = X509Validator.builder(TrustAnchors.of(
                        Authorities.of(List.of(root.certificate()), List.of(), List.of(root.crl(leaf)))))
                .revocation(LISTS)
                .build();

        assertThatThrownBy(() -> validator.validate(stapled(leaf, good), X509Purpose.USER, "test"))
                .hasMessageContaining("it was revoked: CRL");
    }

    @Test
    void revocation_fetchedResponse_isAskedForEachTimeUnlessCached() throws Exception {
        try (HttpAnswers web = new HttpAnswers()) {
            List<X509Certificate> known = new ArrayList<>();
            List<X509Certificate> revoked = new ArrayList<>();
            String responder = web.at(
                    "/ocsp",
                    request -> root.ocsp(
                            known.get(0),
                            revoked.contains(known.get(0)),
                            Instant.now(),
                            Optional.empty(),
                            HttpAnswers.nonceOf(request)));
            X509Certificate leaf = root.issue(alice().responder(responder));
            known.add(leaf);
            X509Validator asking = asking(RevocationPolicy.builder().nonceRequired(true));
            X509Validator caching = asking(RevocationPolicy.builder().ocspCache(Duration.ofMinutes(1)));

            asking.validate(blob(leaf), X509Purpose.USER, "test");
            asking.validate(blob(leaf), X509Purpose.USER, "test");
            assertThat(web.requests()).isEqualTo(2);
            caching.validate(blob(leaf), X509Purpose.USER, "test");
            caching.validate(blob(leaf), X509Purpose.USER, "test");
            assertThat(web.requests()).isEqualTo(3);

            revoked.add(leaf);
            assertThatThrownBy(() -> asking.validate(blob(leaf), X509Purpose.USER, "test"))
                    .hasMessageContaining("it was revoked: OCSP");
        }
    }

    @Test
    void revocation_cachedResponseThatHasEnded_isAskedForAnew() throws Exception {
        try (HttpAnswers web = new HttpAnswers()) {
            List<X509Certificate> known = new ArrayList<>();
            SetClock clock = new SetClock();
            String responder = web.at(
                    "/ocsp",
                    request -> root.ocsp(
                            known.get(0),
                            false,
                            clock.instant(),
                            Optional.of(clock.instant().plusSeconds(60)),
                            HttpAnswers.nonceOf(request)));
            X509Certificate leaf = root.issue(alice().responder(responder));
            known.add(leaf);
            X509Validator caching = X509Validator.builder(TrustAnchors.of(trusting(root)))
                    .revocation(RevocationPolicy.builder()
                            .ocspCache(Duration.ofHours(2))
                            .build())
                    .clock(clock)
                    .build();
            caching.validate(blob(leaf), X509Purpose.USER, "test");

            clock.now = clock.instant().plus(Duration.ofHours(1));

            assertThat(caching.validate(blob(leaf), X509Purpose.USER, "test")).isEqualTo(leaf);
            assertThat(web.requests()).isEqualTo(2);
        }
    }

    @Test
    void revocation_answerToAnotherQuestion_isNoAnswer() throws Exception {
        try (HttpAnswers web = new HttpAnswers()) {
            List<X509Certificate> known = new ArrayList<>();
            String replayed = web.at(
                    "/replay",
                    request -> root.ocsp(known.get(0), false, Instant.now(), Optional.empty(), new byte[] {1, 2, 3}));
            String other = web.at(
                    "/other",
                    request -> root.ocsp(root.issue(alice()), false, Instant.now(), Optional.empty(), new byte[0]));
            for (String responder : List.of(replayed, other)) {
                X509Certificate leaf = root.issue(alice().responder(responder));
                known.add(0, leaf);
                assertThatThrownBy(
                                () -> asking(RevocationPolicy.builder()).validate(blob(leaf), X509Purpose.USER, "test"))
                        .hasMessageContaining("whether it was revoked is not known")
                        .hasMessageContaining("the answer of " + responder);
            }
        }
    }

    @Test
    void revocation_listAtItsDistributionPoint_isReadOnce() throws Exception {
        try (HttpAnswers web = new HttpAnswers()) {
            List<X509Certificate> revoked = new ArrayList<>();
            String list = web.at(
                    "/crl",
                    request -> root.crl(revoked.toArray(X509Certificate[]::new)).getEncoded());
            X509Certificate leaf = root.issue(alice().crlAt(list));
            X509Certificate lost = root.issue(alice().crlAt(list));
            revoked.add(lost);
            X509Validator validator = asking(RevocationPolicy.builder());

            assertThat(validator.validate(blob(leaf), X509Purpose.USER, "test")).isEqualTo(leaf);
            assertThatThrownBy(() -> validator.validate(blob(lost), X509Purpose.USER, "test"))
                    .hasMessageContaining("it was revoked: CRL");
            assertThat(web.requests()).isEqualTo(1);
        }
    }

    @Test
    void revocation_badServers_areNoAnswer() throws Exception {
        try (HttpAnswers web = new HttpAnswers()) {
            String good = web.at("/good", request -> root.crl().getEncoded());
            String large = web.at("/large", request -> new byte[2000]);
            for (String uri : List.of(
                    web.redirecting("/redirect", good),
                    large,
                    web.hanging("/hang"),
                    web.at("/junk", request -> new byte[10]),
                    "http://127.0.0.1:1/closed",
                    "ldap://127.0.0.1/cn=crl",
                    "file:///etc/passwd")) {
                X509Certificate leaf = root.issue(alice().crlAt(uri));
                X509Validator validator = asking(RevocationPolicy.builder()
                        .timeout(Duration.ofMillis(500))
                        .maxCrlBytes(1000));
                assertThatThrownBy(() -> validator.validate(blob(leaf), X509Purpose.USER, "test"))
                        .isInstanceOfSatisfying(
                                CertificateRefusedException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.REVOCATION_UNKNOWN))
                        .hasMessageContaining(uri);
            }
            assertThat(web.requests()).isEqualTo(4);
        }
    }

    @Test
    void revocation_chainThatNobodyTrusts_asksNobody() throws Exception {
        try (HttpAnswers web = new HttpAnswers()) {
            String uri = web.at("/crl", request -> new byte[0]);
            TestCa other = TestCa.root("Root");
            X509Certificate leaf = other.issue(alice().crlAt(uri).responder(uri));

            assertThatThrownBy(() -> asking(RevocationPolicy.builder()).validate(blob(leaf), X509Purpose.USER, "test"))
                    .isInstanceOf(CertificateRefusedException.class);
            assertThat(web.requests()).isZero();
        }
    }

    @Test
    void revocation_hostThatIsNotAllowed_isNotAsked() throws Exception {
        try (HttpAnswers web = new HttpAnswers()) {
            String uri = web.at("/crl", request -> root.crl().getEncoded());
            X509Certificate leaf = root.issue(alice().crlAt(uri));

            assertThatThrownBy(() -> asking(RevocationPolicy.builder().hosts(List.of("pki.example.com")))
                            .validate(blob(leaf), X509Purpose.USER, "test"))
                    .hasMessageContaining("CRL distribution point " + uri + " may not be asked");
            assertThat(web.requests()).isZero();
        }
    }

    @Test
    void policy_badSettings_areRefused() {
        assertThatThrownBy(() -> RevocationPolicy.builder().timeout(Duration.ZERO))
                .hasMessage("timeout is PT0S; it must be above zero, at most PT1M");
        assertThatThrownBy(() -> RevocationPolicy.builder().responder(URI.create("ftp://host/")))
                .hasMessage("responder is ftp://host/; it must be http://host... or https://host...");
        assertThatThrownBy(() -> RevocationPolicy.builder().ocspCache(Duration.ofSeconds(-1)))
                .hasMessage("ocspCache is PT-1S; it must not be negative");
    }

    private Leaf alice() {
        return new Leaf("alice", keys.getPublic());
    }

    private static Leaf authority(String name, PublicKey key) {
        return new Leaf(name, key).authority();
    }

    private static Authorities trusting(TestCa... authorities) {
        List<X509Certificate> anchors = new ArrayList<>();
        for (TestCa authority : authorities) {
            anchors.add(authority.certificate());
        }
        return Authorities.of(anchors, List.of(), List.of());
    }

    private static RevocationPolicy.Builder soft() {
        return RevocationPolicy.builder().fetching(false, false).mode(Mode.SOFT_FAIL);
    }

    private X509Validator asking(RevocationPolicy.Builder policy) {
        return X509Validator.builder(TrustAnchors.of(trusting(root)))
                .revocation(policy.build())
                .build();
    }

    /** A clock that a test sets. */
    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.now();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static X509KeyBlob blob(X509Certificate... chain) throws Exception {
        return X509KeyBlob.of(List.of(chain), List.of());
    }

    private static X509KeyBlob stapled(X509Certificate leaf, byte[] response) throws Exception {
        return X509KeyBlob.of(List.of(leaf), List.of(Bytes.of(response)));
    }

    private static X509Certificate validate(Authorities authorities, RevocationPolicy policy, X509Certificate... chain)
            throws Exception {
        return X509Validator.builder(TrustAnchors.of(authorities))
                .revocation(policy)
                .build()
                .validate(blob(chain), X509Purpose.USER, "test");
    }

    private static void assertRefused(
            Reason reason, String why, Authorities authorities, RevocationPolicy policy, X509Certificate... chain) {
        assertThatThrownBy(() -> validate(authorities, policy, chain))
                .isInstanceOfSatisfying(
                        CertificateRefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(why);
    }
}

package org.symbolon.ssh.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.x500.X500Principal;
import org.symbolon.ssh.DerReader;
import org.symbolon.ssh.DerWriter;

/** A certificate authority in memory: P-256 keys, certificates, CRLs and OCSP responses made as a test wants them. */
public final class TestCa {
    public static final String SSH_CLIENT = "1.3.6.1.5.5.7.3.21";
    public static final String SSH_SERVER = "1.3.6.1.5.5.7.3.22";
    public static final String TLS_CLIENT = "1.3.6.1.5.5.7.3.2";
    public static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    private static final AtomicInteger SERIALS = new AtomicInteger(1000);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_SHA256 =
            DerWriter.element(DerReader.SEQUENCE, DerWriter.oid("1.2.840.10045.4.3.2"));

    private final KeyPair keys;
    private final X509Certificate certificate;

    private TestCa(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /** A root with its certificate. */
    public static TestCa root(String name) throws GeneralSecurityException {
        KeyPair keys = keyPair();
        return new TestCa(keys, new Leaf(name, keys.getPublic()).authority().signedBy(keys, subject(name)));
    }

    /** Whoever has these keys, and signs as if the certificate were an authority's. */
    public static TestCa by(KeyPair keys, X509Certificate certificate) {
        return new TestCa(keys, certificate);
    }

    /** An authority under this one. */
    public TestCa under(String name) throws GeneralSecurityException {
        KeyPair pair = keyPair();
        return new TestCa(pair, issue(new Leaf(name, pair.getPublic()).authority()));
    }

    public static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public X509Certificate issue(Leaf leaf) throws GeneralSecurityException {
        return leaf.signedBy(keys, certificate.getSubjectX500Principal());
    }

    /** A CRL of these serial numbers, made now and good for a day. */
    public X509CRL crl(X509Certificate... revoked) throws GeneralSecurityException {
        return crl(Instant.now().minusSeconds(60), Duration.ofDays(1), revoked);
    }

    public X509CRL crl(Instant made, Duration life, X509Certificate... revoked) throws GeneralSecurityException {
        List<byte[]> entries = new ArrayList<>();
        for (X509Certificate each : revoked) {
            entries.add(sequence(DerWriter.integer(each.getSerialNumber()), time(made)));
        }
        List<byte[]> parts = new ArrayList<>(List.of(
                DerWriter.integer(BigInteger.ONE),
                ECDSA_SHA256,
                certificate.getSubjectX500Principal().getEncoded(),
                time(made),
                time(made.plus(life))));
        if (!entries.isEmpty()) {
            parts.add(sequence(entries.toArray(byte[][]::new)));
        }
        byte[] list = signed(sequence(parts.toArray(byte[][]::new)), keys);
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(list));
    }

    /** An OCSP response by this authority itself about one of its certificates. */
    public byte[] ocsp(X509Certificate about, boolean revoked, Instant made, Optional<Instant> next, byte[] nonce)
            throws GeneralSecurityException {
        byte[] status = revoked ? DerWriter.element(0xa1, time(made)) : DerWriter.element(0x80);
        List<byte[]> single = new ArrayList<>(List.of(OcspRequest.certId(about, certificate), status, time(made)));
        if (next.isPresent()) {
            single.add(DerWriter.element(DerReader.CONTEXT_0, time(next.get())));
        }
        List<byte[]> data = new ArrayList<>(List.of(
                DerWriter.element(0xa1, certificate.getSubjectX500Principal().getEncoded()),
                time(made),
                sequence(sequence(single.toArray(byte[][]::new)))));
        if (nonce.length > 0) {
            byte[] extension =
                    extension("1.3.6.1.5.5.7.48.1.2", false, DerWriter.element(DerReader.OCTET_STRING, nonce));
            data.add(DerWriter.element(DerReader.CONTEXT_1, sequence(extension)));
        }
        byte[] basic = signed(sequence(data.toArray(byte[][]::new)), keys);
        byte[] bytes =
                sequence(DerWriter.oid("1.3.6.1.5.5.7.48.1.1"), DerWriter.element(DerReader.OCTET_STRING, basic));
        return sequence(new byte[] {0x0a, 1, 0}, DerWriter.element(DerReader.CONTEXT_0, bytes));
    }

    /** What a certificate shall say. */
    public static final class Leaf {
        private final X500Principal subject;
        private final PublicKey key;
        private final List<byte[]> extensions = new ArrayList<>();
        private boolean version1;
        private Instant from = Instant.now().minusSeconds(3600);
        private Instant until = Instant.now().plusSeconds(86_400);

        public Leaf(String subject, PublicKey key) {
            this.subject = subject(subject);
            this.key = key;
        }

        public Leaf purposes(String... oids) {
            byte[][] all = new byte[oids.length][];
            for (int i = 0; i < oids.length; i++) {
                all[i] = DerWriter.oid(oids[i]);
            }
            return with("2.5.29.37", false, sequence(all));
        }

        /** The bits of KeyUsage: 0x80 signs, 0x20 wraps keys, 0x06 signs certificates and CRLs. */
        public Leaf usage(int bits) {
            return with("2.5.29.15", true, new byte[] {3, 2, 0, (byte) bits});
        }

        /** A certificate of version 1, which has no extensions. */
        public Leaf version1() {
            extensions.clear();
            version1 = true;
            return this;
        }

        public Leaf validity(Instant start, Instant end) {
            from = start;
            until = end;
            return this;
        }

        public Leaf emails(String... addresses) {
            return alternatives(0x81, addresses);
        }

        public Leaf hosts(String... names) {
            return alternatives(0x82, names);
        }

        public Leaf address(byte... octets) {
            return with("2.5.29.17", false, sequence(DerWriter.element(0x87, octets)));
        }

        public Leaf upn(String name) {
            byte[] value = DerWriter.element(DerReader.CONTEXT_0, DerWriter.element(0x0c, name.getBytes(UTF_8)));
            byte[] other = DerWriter.element(0xa0, DerWriter.oid("1.3.6.1.4.1.311.20.2.3"), value);
            return with("2.5.29.17", false, sequence(other));
        }

        public Leaf responder(String uri) {
            byte[] where = DerWriter.element(0x86, uri.getBytes(US_ASCII));
            return with("1.3.6.1.5.5.7.1.1", false, sequence(sequence(DerWriter.oid("1.3.6.1.5.5.7.48.1"), where)));
        }

        public Leaf crlAt(String uri) {
            byte[] name = DerWriter.element(0xa0, DerWriter.element(0x86, uri.getBytes(US_ASCII)));
            return with("2.5.29.31", false, sequence(sequence(DerWriter.element(0xa0, name))));
        }

        public Leaf with(String oid, boolean critical, byte[] value) {
            extensions.add(extension(oid, critical, value));
            return this;
        }

        Leaf authority() {
            with("2.5.29.19", true, sequence(new byte[] {1, 1, (byte) 0xff}));
            return usage(0x06);
        }

        private Leaf alternatives(int tag, String... names) {
            byte[][] all = new byte[names.length][];
            for (int i = 0; i < names.length; i++) {
                all[i] = DerWriter.element(tag, names[i].getBytes(US_ASCII));
            }
            return with("2.5.29.17", false, sequence(all));
        }

        private X509Certificate signedBy(KeyPair issuerKeys, X500Principal issuer) throws GeneralSecurityException {
            byte[] version = DerWriter.element(DerReader.CONTEXT_0, DerWriter.integer(BigInteger.TWO));
            List<byte[]> parts = new ArrayList<>(List.of(
                    version1 ? new byte[0] : version,
                    DerWriter.integer(BigInteger.valueOf(SERIALS.incrementAndGet())),
                    ECDSA_SHA256,
                    issuer.getEncoded(),
                    sequence(time(from), time(until)),
                    subject.getEncoded(),
                    key.getEncoded()));
            if (!extensions.isEmpty()) {
                parts.add(DerWriter.element(0xa3, sequence(extensions.toArray(byte[][]::new))));
            }
            byte[] certificate = signed(sequence(parts.toArray(byte[][]::new)), issuerKeys);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        }
    }

    private static X500Principal subject(String name) {
        return new X500Principal(name.contains("=") ? name : "CN=" + name + ",O=Example");
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        byte[] octets = DerWriter.element(DerReader.OCTET_STRING, value);
        return critical
                ? sequence(DerWriter.oid(oid), new byte[] {1, 1, (byte) 0xff}, octets)
                : sequence(DerWriter.oid(oid), octets);
    }

    private static byte[] sequence(byte[]... parts) {
        return DerWriter.element(DerReader.SEQUENCE, parts);
    }

    private static byte[] time(Instant instant) {
        return DerWriter.element(0x18, TIME.format(instant).getBytes(US_ASCII));
    }

    private static byte[] signed(byte[] content, KeyPair keys) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        byte[] bits = DerWriter.element(DerReader.BIT_STRING, new byte[] {0}, signature.sign());
        return sequence(content, ECDSA_SHA256, bits);
    }
}

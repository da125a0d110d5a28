package org.symbolon.spring;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.symbolon.Bytes;
import org.symbolon.KeyPairObject;
import org.symbolon.Login;
import org.symbolon.Mechanism;
import org.symbolon.ModuleOptions;
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenException;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.key.PublicKeys;

/** A soft token in a folder, labelled Team, with its PIN in a file beside it. */
final class TestToken {
    static final String LABEL = "Team";
    static final int TRIES = 3;

    private static final char[] PIN = {'4', '7', '1', '1', 'x'};
    private static final String KDF = "argon2id,m=19456,t=2,p=1";
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final Path database;
    private final Path pinFile;

    private TestToken(Path database, Path pinFile) {
        this.database = database;
        this.pinFile = pinFile;
    }

    /** Makes the token. */
    static TestToken in(Path directory) throws TokenException, IOException {
        TestToken made = new TestToken(directory.resolve("team.db"), directory.resolve("pin"));
        Files.writeString(made.pinFile, new String(PIN) + "\n");
        Files.setPosixFilePermissions(made.pinFile, PosixFilePermissions.fromString("rw-------"));
        try (TokenModule module = made.module();
                Pin soPin = Pin.of("officer".toCharArray());
                Pin pin = Pin.of(PIN)) {
            Token token = module.emptySlot().initialize(LABEL, soPin);
            try (Session officer = token.open(Login.securityOfficer(soPin))) {
                officer.initPin(pin);
            }
        }
        return made;
    }

    private TokenModule module() throws TokenException {
        return TokenModule.open(
                uri(),
                ModuleOptions.ofDefaults().withSetting("kdf", KDF).withSetting("pin-tries", String.valueOf(TRIES)));
    }

    String uri() {
        return "soft:sqlite:" + database;
    }

    Path pinFile() {
        return pinFile;
    }

    /** The properties that name the token. */
    String[] properties(String name) {
        return new String[] {
            "symbolon.tokens." + name + ".uri=" + uri(), "symbolon.tokens." + name + ".pin=file:" + pinFile
        };
    }

    /** What a test does with the token, as another program would. */
    @FunctionalInterface
    interface Use<R> {
        R apply(Session session) throws GeneralSecurityException, IOException;
    }

    <R> R use(Use<R> use) throws GeneralSecurityException, IOException {
        try (TokenModule module = module();
                Pin pin = Pin.of(PIN);
                Session session = module.token(LABEL).open(Login.user(pin))) {
            return use.apply(session);
        }
    }

    KeyPairObject generate(String label) throws GeneralSecurityException, IOException {
        return use(session -> generate(session, label));
    }

    private static KeyPairObject generate(Session session, String label) throws TokenException {
        Bytes id = Bytes.wrap(label.getBytes(StandardCharsets.UTF_8));
        return session.generateKeyPair(
                Mechanism.EC_KEY_PAIR_GEN.curve("P-256"), Template.label(label).id(id));
    }

    /** Makes a key, if there is none of this label, and a certificate for it by itself. */
    X509Certificate certify(String label, String subject) throws GeneralSecurityException, IOException {
        return use(session -> certify(session, label, subject));
    }

    static X509Certificate certify(Session session, String label, String subject)
            throws GeneralSecurityException, IOException {
        SymbolonProvider provider = SymbolonProvider.of(session);
        KeyStore store = KeyStore.getInstance(SymbolonProvider.NAME, provider);
        store.load(null, null);
        if (!store.containsAlias(label)) {
            generate(session, label);
            store.load(null, null);
        }
        PrivateKey key = (PrivateKey) store.getKey(label, null);
        X509Certificate certificate = selfSigned(session, label, subject, key, provider);
        store.setKeyEntry(label, key, null, new Certificate[] {certificate});
        return certificate;
    }

    private static X509Certificate selfSigned(
            Session session, String label, String subject, PrivateKey key, SymbolonProvider provider)
            throws GeneralSecurityException, IOException {
        Instant now = Instant.now();
        X500Principal name = new X500Principal("CN=" + subject);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                name,
                PublicKeys.of(session.publicKey(label)));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        }));
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setProvider(provider)
                            .build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** Writes certificates as a PEM file. */
    static Path pem(Path file, Certificate... certificates) throws GeneralSecurityException, IOException {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : certificates) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return Files.writeString(file, text);
    }
}

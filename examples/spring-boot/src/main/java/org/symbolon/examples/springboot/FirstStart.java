package org.symbolon.examples.springboot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
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
import org.symbolon.Pin;
import org.symbolon.Session;
import org.symbolon.Template;
import org.symbolon.Token;
import org.symbolon.TokenModule;
import org.symbolon.jca.SymbolonProvider;
import org.symbolon.key.PublicKeys;

/** Makes a soft token with a key and a self-signed certificate. A real one comes from whoever runs the tokens. */
final class FirstStart {
    /** The label of the HTTPS key. */
    static final String KEY = "https";

    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int PIN_CHARACTERS = 16;

    private FirstStart() {}

    /** Makes the token in a directory, unless there is one. */
    static void prepare(Path directory) {
        Path database = directory.resolve("token.db");
        if (Files.exists(database)) {
            return;
        }
        try {
            Files.createDirectories(directory);
            make(database, directory.resolve("pin"), directory.resolve("so-pin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a token in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static void make(Path database, Path pinFile, Path soPinFile)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        try (Pin pin = newPin(pinFile);
                Pin soPin = newPin(soPinFile);
                TokenModule module = TokenModule.open("soft:sqlite:" + database)) {
            Token token = module.emptySlot().initialize("Web", soPin);
            try (Session officer = token.open(Login.securityOfficer(soPin))) {
                officer.initPin(pin);
            }
            try (Session session = token.open(Login.user(pin))) {
                Bytes id = Bytes.wrap(KEY.getBytes(StandardCharsets.UTF_8));
                KeyPairObject pair = session.generateKeyPair(
                        Mechanism.EC_KEY_PAIR_GEN.curve("P-256"),
                        Template.label(KEY).id(id));
                certify(session, pair);
            }
        }
    }

    private static void certify(Session session, KeyPairObject pair)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        SymbolonProvider provider = SymbolonProvider.of(session);
        KeyStore keys = KeyStore.getInstance(SymbolonProvider.NAME, provider);
        keys.load(null, null);
        PrivateKey key = (PrivateKey) keys.getKey(KEY, null);
        Instant now = Instant.now();
        X500Principal name = new X500Principal("CN=localhost");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, new SecureRandom()),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(365, ChronoUnit.DAYS)),
                name,
                PublicKeys.of(pair.publicKey()));
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        }));
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setProvider(provider)
                        .build(key)));
        keys.setKeyEntry(KEY, key, null, new Certificate[] {certificate});
    }

    private static Pin newPin(Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        char[] characters = new char[PIN_CHARACTERS];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] encoded = StandardCharsets.US_ASCII
                    .encode(CharBuffer.wrap(characters))
                    .array();
            Files.write(file, encoded, StandardOpenOption.WRITE);
            Arrays.fill(encoded, (byte) 0);
            return Pin.of(characters);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }
}

package org.symbolon.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.symbolon.Attribute;
import org.symbolon.Attributes;
import org.symbolon.ObjectClass;
import org.symbolon.Pin;
import org.symbolon.TokenException;
import org.symbolon.soft.foreign.ForeignFormatException;
import org.symbolon.soft.foreign.KeyFile;
import org.symbolon.soft.foreign.KeyFileWriter;

/** Files with the keys of who restores a backup: certificates and public keys to make it, private keys to open it. */
final class RecipientFile {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "XDH");
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private RecipientFile() {}

    /** Returns the public key of a certificate or of a PUBLIC KEY block. */
    static PublicKey publicKey(Path file) throws CommandFailure, IOException {
        byte[] content = InputFile.read(file, InputStream.nullInputStream());
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        try {
            return begin < 0 || end < begin
                    ? CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(content))
                            .getPublicKey()
                    : decode(Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end)));
        } catch (CertificateException | IllegalArgumentException | InvalidKeySpecException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    file + " is no certificate and no public key of RSA, EC, X25519 or X448 in PEM");
        }
    }

    private static PublicKey decode(byte[] info) throws InvalidKeySpecException {
        InvalidKeySpecException last = new InvalidKeySpecException();
        for (String algorithm : ALGORITHMS) {
            try {
                return factory(algorithm).generatePublic(new X509EncodedKeySpec(info));
            } catch (InvalidKeySpecException e) {
                last = e;
            }
        }
        throw last;
    }

    private static KeyFactory factory(String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }

    /** Asks for the passphrase of a file that has one. */
    @FunctionalInterface
    interface Passphrase {
        Pin ask() throws Exception;
    }

    /** Returns the key pairs of a file of private keys, as {@code key import} reads it. */
    static List<KeyPair> keyPairs(Path file, Passphrase passphrase) throws Exception {
        byte[] content = InputFile.read(file, InputStream.nullInputStream(), KeyFile.MAX_BYTES);
        try (KeyFile keys = parse(content, passphrase)) {
            List<KeyPair> pairs = new ArrayList<>();
            for (Attributes key : keys.objects()) {
                if (key.get(Attribute.CLASS).equals(ObjectClass.PRIVATE_KEY)) {
                    pairs.add(keyPair(key));
                }
            }
            return pairs;
        } catch (ForeignFormatException | InvalidKeySpecException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, file + " has no private key that opens backups: " + e.getMessage());
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static KeyFile parse(byte[] content, Passphrase passphrase) throws Exception {
        try {
            return KeyFile.parse(content, Optional.empty());
        } catch (ForeignFormatException e) {
            if (!e.passphraseMissing()) {
                throw e;
            }
            try (Pin pin = passphrase.ask()) {
                return KeyFile.parse(content, Optional.of(pin));
            }
        }
    }

    private static KeyPair keyPair(Attributes key) throws TokenException, InvalidKeySpecException {
        PublicKey publicKey = decode(key.get(Attribute.PUBLIC_KEY_INFO).toByteArray());
        byte[] pkcs8 = KeyFileWriter.pkcs8(key);
        try {
            return new KeyPair(
                    publicKey, factory(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }
}

package org.symbolon.jca;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.symbolon.Bytes;
import org.symbolon.key.TokenPrivateKey;

/**
 * A certificate that a key signs for itself, for frameworks that show no key without one (RFC 5280). Nobody trusts it, and
 * it is not stored. It has no end of its validity (section 4.1.2.5), so that it is the same whenever it is made.
 */
final class SelfSigned {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int UTC_TIME = 0x17;
    private static final int VERSION = 0xA0;
    private static final int SERIAL_BYTES = 8;
    private static final int P256_BITS = 256;
    private static final int P384_BITS = 384;

    private SelfSigned() {}

    /** A signature algorithm and its AlgorithmIdentifier. */
    private record Algorithm(String name, String identifierHex) {
        static Optional<Algorithm> of(TokenPrivateKey key) {
            return switch (key.getAlgorithm()) {
                case "RSA" -> Optional.of(new Algorithm("SHA256withRSA", "300d06092a864886f70d01010b0500"));
                case "EC" ->
                    Optional.of(ecdsa(
                            ((ECKey) key).getParams().getCurve().getField().getFieldSize()));
                case "EdDSA" ->
                    Optional.of(
                            "Ed25519".equals(((EdECKey) key).getParams().getName())
                                    ? new Algorithm("Ed25519", "300506032b6570")
                                    : new Algorithm("Ed448", "300506032b6571"));
                default -> Optional.empty();
            };
        }

        private static Algorithm ecdsa(int bits) {
            if (bits <= P256_BITS) {
                return new Algorithm("SHA256withECDSA", "300a06082a8648ce3d040302");
            }
            return bits <= P384_BITS
                    ? new Algorithm("SHA384withECDSA", "300a06082a8648ce3d040303")
                    : new Algorithm("SHA512withECDSA", "300a06082a8648ce3d040304");
        }
    }

    /**
     * Makes the certificate.
     *
     * @param provider signs
     * @return the certificate; empty for a key that does not sign
     */
    static Optional<X509Certificate> of(TokenPrivateKey key, Provider provider) throws GeneralSecurityException {
        Optional<Algorithm> algorithm = Algorithm.of(key);
        return algorithm.isEmpty() ? Optional.empty() : Optional.of(signed(key, algorithm.get(), provider));
    }

    private static X509Certificate signed(TokenPrivateKey key, Algorithm algorithm, Provider provider)
            throws GeneralSecurityException {
        byte[] identifier = HexFormat.of().parseHex(algorithm.identifierHex());
        byte[] body = body(key, identifier);
        Signature signature = Signature.getInstance(algorithm.name(), provider);
        signature.initSign(key);
        signature.update(body);
        byte[] bits = signature.sign();
        byte[] certificate = der(SEQUENCE, body, identifier, der(BIT_STRING, new byte[1], bits));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] body(TokenPrivateKey key, byte[] identifier) throws GeneralSecurityException {
        PublicKey publicKey = key.publicKey();
        byte[] name = name(key.object().label(), key.object().keyId()).getEncoded();
        byte[] serial =
                Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(publicKey.getEncoded()), SERIAL_BYTES);
        serial[0] = (byte) ((serial[0] & 0x3F) | 0x40); // positive, and of full length
        byte[] validity = der(SEQUENCE, time(UTC_TIME, "700101000000Z"), time(GENERALIZED_TIME, "99991231235959Z"));
        return der(
                SEQUENCE,
                der(VERSION, der(INTEGER, new byte[] {2})),
                der(INTEGER, serial),
                identifier,
                name,
                validity,
                name,
                publicKey.getEncoded());
    }

    private static X500Principal name(String label, Bytes id) {
        String common = label.isEmpty() ? "key " + id.toHex() : label;
        return new X500Principal("CN=\"" + common.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }

    private static byte[] time(int tag, String time) {
        return der(tag, time.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        int length = content.size();
        if (length >= 0x80) {
            value.write(length > 0xFF ? 0x82 : 0x81);
            if (length > 0xFF) {
                value.write(length >> 8);
            }
        }
        value.write(length);
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }
}

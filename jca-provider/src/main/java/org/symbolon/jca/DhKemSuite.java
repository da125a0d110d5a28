package org.symbolon.jca;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.symbolon.NamedCurve;

/**
 * A KEM of HPKE over a curve (RFC 9180 section 7.1).
 *
 * @param curve the curve
 * @param kemId its number
 * @param mac the HMAC of its HKDF
 * @param secretBytes the length of the shared secret (Nsecret), which is that of the hash
 */
record DhKemSuite(NamedCurve curve, int kemId, String mac, int secretBytes) {
    private static final byte[] VERSION = "HPKE-v1".getBytes(StandardCharsets.US_ASCII);

    static Optional<DhKemSuite> of(NamedCurve curve) {
        return switch (curve) {
            case P256 -> Optional.of(new DhKemSuite(curve, 0x10, "HmacSHA256", 32));
            case P384 -> Optional.of(new DhKemSuite(curve, 0x11, "HmacSHA384", 48));
            case P521 -> Optional.of(new DhKemSuite(curve, 0x12, "HmacSHA512", 64));
            case X25519 -> Optional.of(new DhKemSuite(curve, 0x20, "HmacSHA256", 32));
            case X448 -> Optional.of(new DhKemSuite(curve, 0x21, "HmacSHA512", 64));
            default -> Optional.empty();
        };
    }

    /** Returns the length of what travels (Nenc): a point, in the form that has no compression. */
    int encapsulationBytes() {
        return isMontgomery() ? curve.fieldBytes() : 2 * curve.fieldBytes() + 1;
    }

    boolean isMontgomery() {
        return curve == NamedCurve.X25519 || curve == NamedCurve.X448;
    }

    /**
     * Returns the shared secret of an agreed one (ExtractAndExpand, RFC 9180 section 4.1).
     *
     * @param agreed the secret of the key agreement, which is wiped
     * @param encapsulation the sender's public key
     * @param recipient the recipient's public key
     */
    byte[] sharedSecret(byte[] agreed, byte[] encapsulation, byte[] recipient) throws GeneralSecurityException {
        byte[] labeled = join(VERSION, suite(), ascii("eae_prk"), agreed);
        byte[] key = hmac(new byte[secretBytes], labeled);
        try {
            return hmac(
                    key,
                    join(
                            new byte[] {0, (byte) secretBytes},
                            VERSION,
                            suite(),
                            ascii("shared_secret"),
                            encapsulation,
                            recipient,
                            new byte[] {1}));
        } finally {
            Arrays.fill(agreed, (byte) 0);
            Arrays.fill(labeled, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] suite() {
        return new byte[] {'K', 'E', 'M', 0, (byte) kemId};
    }

    private byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac engine = Mac.getInstance(mac);
        engine.init(new SecretKeySpec(key, mac));
        return engine.doFinal(data);
    }

    private static byte[] ascii(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}

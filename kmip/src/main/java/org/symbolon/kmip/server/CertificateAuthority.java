package org.symbolon.kmip.server;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.ObjectQuery;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.CryptographicUsageMask;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.key.KeyDer;
import org.symbolon.kmip.key.SignatureForm;

/** Signs certificates with a key of the token, whose own certificate is beside it (RFC 5280). */
final class CertificateAuthority {
    private static final int SERIAL_BYTES = 16;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int CONTEXT_3 = 0xA3;
    private static final int LAST_YEAR_OF_UTC_TIME = 2049;
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final byte[] VERSION_3 = Bytes.ofHex("a003020102").toByteArray();
    private static final String NOT_AN_AUTHORITY = "300c0603551d130101ff04023000";
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT);
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT);

    private final ObjectStore store;
    private final KeyObject key;
    private final byte[] name;
    private final Instant last;

    CertificateAuthority(ObjectStore store, KeyObject key, X500Principal name, Instant last) {
        this.store = store;
        this.key = key;
        this.name = name.getEncoded();
        this.last = last;
    }

    /** Returns the authority of a label: the private key and the certificate that have it. */
    static CertificateAuthority of(ObjectStore store, Optional<String> label) throws KmipFailure, TokenException {
        if (label.isEmpty()) {
            throw new KmipFailure(
                    ResultReason.FEATURE_NOT_SUPPORTED,
                    "this server has no authority that certifies; its operator names one, by the label of its key");
        }
        Optional<X509Certificate> x509 = certificate(store, label);
        if (x509.isEmpty()) {
            throw new KmipFailure(
                    ResultReason.GENERAL_FAILURE,
                    "the token has no X.509 certificate \"" + label.get()
                            + "\", which is the authority of this server");
        }
        return new CertificateAuthority(
                store,
                store.session().privateKey(label.get()),
                x509.get().getSubjectX500Principal(),
                x509.get().getNotAfter().toInstant());
    }

    /** Returns the authority's own certificate; empty where there is no authority, or none in the token. */
    static Optional<X509Certificate> certificate(ObjectStore store, Optional<String> label) throws TokenException {
        Optional<TokenObject> found = label.isEmpty()
                ? Optional.empty()
                : store.session().findOne(ObjectQuery.certificates().label(label.get()));
        return found.isEmpty()
                ? Optional.empty()
                : store.session()
                        .getAttributes(found.get(), Set.of(Attribute.CLASS, Attribute.VALUE))
                        .find(Attribute.VALUE)
                        .flatMap(NewObjects::parse);
    }

    /** Returns a certificate for a public key, and no authority, for a year or as long as the authority's own lasts. */
    Bytes certify(byte[] subject, byte[] publicKeyInfo, CryptographicUsageMask mask)
            throws KmipFailure, TokenException {
        CertificateSigning signing = CertificateSigning.with(key);
        Instant from = store.now();
        Instant to = from.plus(VALIDITY).isBefore(last) ? from.plus(VALIDITY) : last;
        byte[] signed = KeyDer.sequence(
                VERSION_3,
                KeyDer.integer(new BigInteger(1, store.session().random(SERIAL_BYTES))),
                signing.identifier().toByteArray(),
                name,
                KeyDer.sequence(time(from), time(to)),
                subject,
                publicKeyInfo,
                KeyDer.value(CONTEXT_3, extensions(publicKeyInfo, mask)));
        byte[] signature = store.session().sign(key, signing.mechanism(), signed);
        boolean ecdsa = key.attributes().find(Attribute.KEY_TYPE).equals(Optional.of(KeyType.EC));
        return Bytes.wrap(KeyDer.sequence(
                signed,
                signing.identifier().toByteArray(),
                KeyDer.value(KeyDer.BIT_STRING, new byte[1], ecdsa ? SignatureForm.toDer(signature) : signature)));
    }

    private static byte[] time(Instant at) {
        boolean small = at.atOffset(ZoneOffset.UTC).getYear() <= LAST_YEAR_OF_UTC_TIME;
        String text = (small ? SHORT : LONG).format(at.atOffset(ZoneOffset.UTC));
        return KeyDer.value(small ? UTC_TIME : GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] extensions(byte[] publicKeyInfo, CryptographicUsageMask mask) {
        byte[] identifier = KeyDer.sequence(
                Bytes.ofHex("0603551d0e").toByteArray(),
                KeyDer.value(KeyDer.OCTET_STRING, KeyDer.value(KeyDer.OCTET_STRING, sha1(publicKeyInfo))));
        byte[] constraints = Bytes.ofHex(NOT_AN_AUTHORITY).toByteArray();
        int usage = usage(mask);
        return usage == 0
                ? KeyDer.sequence(constraints, identifier)
                : KeyDer.sequence(constraints, identifier, usageExtension(usage));
    }

    /** Returns the bits of Key Usage: digitalSignature, keyEncipherment, dataEncipherment, keyAgreement. */
    private static int usage(CryptographicUsageMask mask) {
        int usage = 0;
        usage |= mask.has(CryptographicUsageMask.SIGN.value()) || mask.has(CryptographicUsageMask.VERIFY.value())
                ? 0x80
                : 0;
        usage |= mask.has(CryptographicUsageMask.WRAP_KEY.value()) ? 0x20 : 0;
        usage |= mask.has(CryptographicUsageMask.ENCRYPT.value()) ? 0x10 : 0;
        return usage | (mask.has(CryptographicUsageMask.KEY_AGREEMENT.value()) ? 0x08 : 0);
    }

    private static byte[] usageExtension(int usage) {
        byte[] bits = {(byte) Integer.numberOfTrailingZeros(usage), (byte) usage};
        return KeyDer.sequence(
                Bytes.ofHex("0603551d0f0101ff").toByteArray(),
                KeyDer.value(KeyDer.OCTET_STRING, KeyDer.value(KeyDer.BIT_STRING, bits)));
    }

    private static byte[] sha1(byte[] publicKeyInfo) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(publicKeyInfo);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-1", e);
        }
    }
}

package org.symbolon.kmip.server;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.symbolon.Attribute;
import org.symbolon.Bytes;
import org.symbolon.InvalidAttributeException;
import org.symbolon.KeyObject;
import org.symbolon.KeyType;
import org.symbolon.NamedCurve;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.kmip.enumeration.CertificateRequestType;
import org.symbolon.kmip.enumeration.CryptographicAlgorithm;
import org.symbolon.kmip.enumeration.KeyFormatType;
import org.symbolon.kmip.enumeration.ObjectType;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.key.KeyAttributes;
import org.symbolon.kmip.key.KeyDer;
import org.symbolon.kmip.key.KeyParts;
import org.symbolon.kmip.key.KeyReader;
import org.symbolon.kmip.key.SignatureForm;
import org.symbolon.kmip.object.KeyBlock;

/**
 * A certification request (RFC 2986).
 *
 * @param signed what is signed
 * @param subject who asks
 * @param publicKey the key, as SubjectPublicKeyInfo
 * @param algorithm the signature's algorithm
 * @param signature the signature
 */
record Pkcs10(Bytes signed, Bytes subject, Bytes publicKey, Bytes algorithm, Bytes signature) {
    private static final int MAX_BYTES = 1 << 16;
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    /** Reads a request of a type. */
    static Pkcs10 read(@Nullable CertificateRequestType type, Bytes value) throws KmipFailure {
        if (value.length() > MAX_BYTES) {
            throw invalid("it is longer than " + MAX_BYTES + " bytes", null);
        }
        if (type == null || type.equals(CertificateRequestType.PKCS_10)) {
            return read(value.toByteArray());
        } else if (type.equals(CertificateRequestType.PEM)) {
            return read(der(new String(value.toByteArray(), StandardCharsets.US_ASCII)));
        }
        throw new KmipFailure(
                ResultReason.FEATURE_NOT_SUPPORTED,
                "Certificate Requests are taken as PKCS_10 and PEM, not as " + type.xmlName());
    }

    private static byte[] der(String pem) throws KmipFailure {
        int begin = pem.indexOf(BEGIN);
        int from = begin < 0 ? -1 : pem.indexOf(DASHES, begin + BEGIN.length());
        int to = from < 0 ? -1 : pem.indexOf(DASHES, from + DASHES.length());
        if (to < 0) {
            throw invalid("it is no PEM", null);
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + DASHES.length(), to));
        } catch (IllegalArgumentException e) {
            throw invalid("its PEM is no Base64", e);
        }
    }

    private static KmipFailure invalid(String why, @Nullable Throwable cause) {
        return new KmipFailure(ResultReason.INVALID_CSR, "the Certificate Request is not valid: " + why, cause);
    }

    private static Pkcs10 read(byte[] der) throws KmipFailure {
        try {
            KeyDer outer = KeyDer.reader(der).into(KeyDer.SEQUENCE);
            byte[] signed = outer.whole(KeyDer.SEQUENCE);
            byte[] algorithm = outer.whole(KeyDer.SEQUENCE);
            byte[] signature = outer.bits();
            KeyDer info = KeyDer.reader(signed).into(KeyDer.SEQUENCE);
            info.number();
            return new Pkcs10(
                    Bytes.wrap(signed),
                    Bytes.wrap(info.whole(KeyDer.SEQUENCE)),
                    Bytes.wrap(info.whole(KeyDer.SEQUENCE)),
                    Bytes.wrap(algorithm),
                    Bytes.wrap(signature));
        } catch (InvalidAttributeException e) {
            throw invalid("it is no PKCS #10", e);
        }
    }

    /** Refuses a request that its key did not sign; the token verifies, which knows all its curves. */
    void requireSigned(Session session) throws KmipFailure, TokenException {
        CertificateSigning signing = CertificateSigning.of(algorithm)
                .orElseThrow(() -> invalid("its signature is of an algorithm that is not taken here", null));
        Optional<KeyParts> parts;
        try {
            parts = KeyReader.read(
                    ObjectType.PUBLIC_KEY, KeyBlock.of(KeyFormatType.X_509, publicKey, CryptographicAlgorithm.RSA, 0));
        } catch (InvalidAttributeException e) {
            throw invalid("its public key is malformed", e);
        }
        if (parts.isEmpty()) {
            throw invalid("its public key is none that the token verifies with", null);
        }
        TokenObject key = session.create(KeyAttributes.asymmetric(parts.get()).with(Attribute.VERIFY, true));
        try {
            if (!session.verify((KeyObject) key, signing.mechanism(), signed.toByteArray(), form((KeyObject) key))) {
                throw invalid("its signature is not that of its key", null);
            }
        } finally {
            session.destroy(key);
        }
    }

    private byte[] form(KeyObject key) throws KmipFailure {
        if (!key.attributes().get(Attribute.KEY_TYPE).equals(KeyType.EC)) {
            return signature.toByteArray();
        }
        try {
            int bytes = key.attributes()
                    .find(Attribute.EC_PARAMS)
                    .flatMap(NamedCurve::ofEcParams)
                    .map(NamedCurve::fieldBytes)
                    .orElse(0);
            return SignatureForm.toRaw(signature.toByteArray(), bytes);
        } catch (InvalidAttributeException e) {
            throw invalid("its signature is malformed", e);
        }
    }
}

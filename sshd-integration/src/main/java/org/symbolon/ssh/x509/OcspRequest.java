package org.symbolon.ssh.x509;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import org.symbolon.ssh.DerReader;
import org.symbolon.ssh.DerWriter;
import org.symbolon.ssh.SshFormatException;

/** Asks about one certificate (RFC 6960 section 4.1). */
final class OcspRequest {
    static final String NONCE = "1.3.6.1.5.5.7.48.1.2";
    static final String SHA1 = "1.3.14.3.2.26";

    private static final int CONTEXT_2 = 0xa2;

    private OcspRequest() {}

    /** The request, with a nonce (RFC 9654: 32 bytes). */
    static byte[] of(X509Certificate certificate, X509Certificate issuer, byte[] nonce) throws SshFormatException {
        byte[] requests = sequence(sequence(certId(certificate, issuer)));
        byte[] extensions = DerWriter.element(CONTEXT_2, sequence(nonceExtension(nonce)));
        return sequence(sequence(requests, extensions));
    }

    /** Names a certificate. The hashes say which issuer is meant, they secure nothing; all responders know SHA-1 here. */
    static byte[] certId(X509Certificate certificate, X509Certificate issuer) throws SshFormatException {
        byte[] algorithm = sequence(DerWriter.oid(SHA1), DerWriter.element(0x05));
        return sequence(
                algorithm,
                octets(sha1(issuer.getSubjectX500Principal().getEncoded())),
                octets(sha1(keyBits(issuer))),
                DerWriter.integer(certificate.getSerialNumber()));
    }

    private static byte[] nonceExtension(byte[] nonce) {
        return sequence(DerWriter.oid(NONCE), octets(octets(nonce)));
    }

    private static byte[] keyBits(X509Certificate issuer) throws SshFormatException {
        DerReader outer = new DerReader(issuer.getPublicKey().getEncoded(), "issuer's key");
        DerReader info = outer.enter(DerReader.SEQUENCE, "key");
        info.skip("algorithm");
        return info.bits("key");
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-1", e);
        }
    }

    private static byte[] octets(byte[] content) {
        return DerWriter.element(DerReader.OCTET_STRING, content);
    }

    private static byte[] sequence(byte[]... parts) {
        return DerWriter.element(DerReader.SEQUENCE, parts);
    }
}

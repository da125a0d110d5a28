package org.symbolon.ssh.x509;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.Text;

/**
 * A chain of certificates as a public key of SSH (RFC 6187 section 2.1). Immutable; the bytes as they came are kept, because
 * signatures are over these.
 *
 * <p>A blob that was read is well-formed: within the bounds of this class, each certificate issued in the name of the next, the
 * leaf's key one for the algorithm, nothing after the end. Whether anything is signed, valid or trusted, {@link X509Validator}
 * says.
 */
public final class X509KeyBlob {
    /** The longest blob that is read: 256 KiB. */
    public static final int MAX_BYTES = 262_144;

    /** The most certificates in a chain. */
    public static final int MAX_CERTIFICATES = 20;

    private static final String WHAT = "X.509 key";
    private static final int MAX_NAME_BYTES = 64;

    private final X509Algorithm algorithm;
    private final List<X509Certificate> chain;
    private final List<Bytes> ocspResponses;
    private final byte[] blob;

    private X509KeyBlob(X509Algorithm algorithm, List<X509Certificate> chain, List<Bytes> ocspResponses, byte[] blob) {
        this.algorithm = algorithm;
        this.chain = chain;
        this.ocspResponses = ocspResponses;
        this.blob = blob;
    }

    /**
     * Reads a key blob.
     *
     * @param blob the bytes as they travel in SSH; copied
     * @return the key
     * @throws SshFormatException if it is malformed, of another algorithm, or a bound is exceeded
     */
    public static X509KeyBlob parse(byte[] blob) throws SshFormatException {
        if (blob.length > MAX_BYTES) {
            throw new SshFormatException(WHAT + ": " + blob.length + " bytes, at most " + MAX_BYTES + " are allowed");
        }
        SshReader reader = new SshReader(blob, WHAT);
        int start = reader.position();
        String name = reader.name("algorithm", MAX_NAME_BYTES);
        X509Algorithm algorithm = X509Algorithm.byWireName(name)
                .orElseThrow(
                        () -> reader.error("algorithm \"" + Text.quoted(name) + "\" is not one of X.509 keys", start));
        int certificates = count(reader, "number of certificates", MAX_CERTIFICATES);
        if (certificates == 0) {
            throw reader.error("it has no certificate", reader.position());
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (int i = 0; i < certificates; i++) {
            int position = reader.position();
            byte[] der = reader.string("certificate " + (i + 1), MAX_BYTES);
            chain.add(certificate(der, i + 1, reader, position));
        }
        int responses = count(reader, "number of OCSP responses", certificates);
        List<Bytes> ocsp = new ArrayList<>();
        for (int i = 0; i < responses; i++) {
            ocsp.add(Bytes.of(reader.string("OCSP response " + (i + 1), MAX_BYTES)));
        }
        reader.end();
        checkChain(algorithm, chain);
        return new X509KeyBlob(algorithm, List.copyOf(chain), List.copyOf(ocsp), blob.clone());
    }

    /**
     * Makes the blob of a chain.
     *
     * @param chain leaf first, each next one the issuer of the one before; the root may be left out
     * @param ocspResponses DER OCSP responses for them, at most as many, may be empty
     * @return the key
     * @throws SshFormatException if the chain is not one, its key has no algorithm, or a bound is exceeded
     */
    public static X509KeyBlob of(List<X509Certificate> chain, List<Bytes> ocspResponses) throws SshFormatException {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain is empty; it must begin with the leaf certificate");
        }
        X509Algorithm algorithm = X509Algorithm.of(chain.get(0).getPublicKey());
        SshWriter writer = new SshWriter().string(algorithm.wireName()).uint32(chain.size());
        for (X509Certificate certificate : chain) {
            writer.string(encoded(certificate));
        }
        writer.uint32(ocspResponses.size());
        ocspResponses.forEach(response -> writer.string(response.toByteArray()));
        return parse(writer.toByteArray());
    }

    /**
     * How its signatures are made.
     *
     * @return the algorithm at the blob's beginning
     */
    public X509Algorithm algorithm() {
        return algorithm;
    }

    /**
     * The certificates.
     *
     * @return an unmodifiable list, leaf first
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * The certificate of the key that signs.
     *
     * @return the first of the chain
     */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /**
     * The OCSP responses that came with the chain.
     *
     * @return an unmodifiable list of DER OCSPResponse, in no order
     */
    public List<Bytes> ocspResponses() {
        return ocspResponses;
    }

    /**
     * The bytes as they came.
     *
     * @return a new array
     */
    public byte[] blob() {
        return blob.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof X509KeyBlob key && Arrays.equals(blob, key.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    /** The algorithm, the leaf's subject and how many certificates there are. */
    @Override
    public String toString() {
        return algorithm.wireName() + " " + CertificateText.of(leaf()) + ", chain of " + chain.size();
    }

    private static int count(SshReader reader, String field, int max) throws SshFormatException {
        int start = reader.position();
        long count = reader.uint32(field);
        if (count > max) {
            throw reader.error(field + " is " + count + ", at most " + max + " are allowed", start);
        }
        return (int) count;
    }

    private static X509Certificate certificate(byte[] der, int number, SshReader reader, int position)
            throws SshFormatException {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (!Arrays.equals(certificate.getEncoded(), der)) {
                throw reader.error("certificate " + number + " is followed by something, or not in DER", position);
            }
            return certificate;
        } catch (CertificateException e) {
            throw new SshFormatException(WHAT + ": certificate " + number + " is malformed", e);
        }
    }

    private static void checkChain(X509Algorithm algorithm, List<X509Certificate> chain) throws SshFormatException {
        Set<X509Certificate> seen = new HashSet<>();
        for (int i = 0; i < chain.size(); i++) {
            if (!seen.add(chain.get(i))) {
                throw new SshFormatException(WHAT + ": certificate " + (i + 1) + " is there twice");
            }
            if (i > 0
                    && !chain.get(i)
                            .getSubjectX500Principal()
                            .equals(chain.get(i - 1).getIssuerX500Principal())) {
                throw new SshFormatException(
                        WHAT + ": certificate " + (i + 1) + " is not that of the issuer of the one before");
            }
        }
        try {
            algorithm.check(chain.get(0).getPublicKey());
        } catch (SshFormatException e) {
            throw new SshFormatException(WHAT + ": " + e.getMessage(), e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) throws SshFormatException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new SshFormatException(WHAT + ": a certificate has no encoding", e);
        }
    }
}

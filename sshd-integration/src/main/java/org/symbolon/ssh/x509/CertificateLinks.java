package org.symbolon.ssh.x509;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.symbolon.ssh.DerReader;
import org.symbolon.ssh.SshFormatException;

/** The addresses in a certificate where its status can be learned (RFC 5280 sections 4.2.1.13 and 4.2.2.1). */
final class CertificateLinks {
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final String OCSP = "1.3.6.1.5.5.7.48.1";
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    private static final int URI_NAME = 0x86;
    private static final int MAX_URI_BYTES = 1024;
    private static final int MAX_LINKS = 4;

    private CertificateLinks() {}

    /** The OCSP responders, at most four. */
    static List<URI> responders(X509Certificate certificate) throws SshFormatException {
        List<URI> found = new ArrayList<>();
        DerReader descriptions = extension(certificate, AUTHORITY_INFORMATION_ACCESS);
        while (!descriptions.atEnd() && found.size() < MAX_LINKS) {
            DerReader description = descriptions.enter(DerReader.SEQUENCE, "access description");
            if (description.oid("access method").equals(OCSP) && description.next(URI_NAME)) {
                add(found, description);
            }
        }
        return found;
    }

    /** The distribution points of CRLs that have an address, at most four. */
    static List<URI> lists(X509Certificate certificate) throws SshFormatException {
        List<URI> found = new ArrayList<>();
        DerReader points = extension(certificate, CRL_DISTRIBUTION_POINTS);
        while (!points.atEnd() && found.size() < MAX_LINKS) {
            DerReader point = points.enter(DerReader.SEQUENCE, "distribution point");
            if (!point.next(DerReader.CONTEXT_0)) {
                continue;
            }
            DerReader name = point.enter(DerReader.CONTEXT_0, "distribution point name");
            if (!name.next(DerReader.CONTEXT_0)) {
                continue;
            }
            DerReader names = name.enter(DerReader.CONTEXT_0, "full name");
            while (!names.atEnd() && found.size() < MAX_LINKS) {
                if (names.next(URI_NAME)) {
                    add(found, names);
                } else {
                    names.skip("name");
                }
            }
        }
        return found;
    }

    private static void add(List<URI> found, DerReader reader) throws SshFormatException {
        byte[] text = reader.content(URI_NAME, "address");
        if (text.length > MAX_URI_BYTES) {
            return;
        }
        try {
            found.add(new URI(new String(text, ISO_8859_1)));
        } catch (URISyntaxException e) {
            throw new SshFormatException("certificate: an address in it is malformed", e);
        }
    }

    private static DerReader extension(X509Certificate certificate, String oid) throws SshFormatException {
        byte[] value = certificate.getExtensionValue(oid);
        byte[] content = value == null
                ? new byte[] {DerReader.SEQUENCE, 0}
                : new DerReader(value, "certificate").content(DerReader.OCTET_STRING, "extension");
        return new DerReader(content, "certificate").enter(DerReader.SEQUENCE, "extension " + oid);
    }
}

package org.symbolon.ssh.x509;

import java.io.ByteArrayInputStream;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.symbolon.ssh.SshFormatException;

/** Certificates and CRLs out of bytes, each DER or any number of PEM. */
final class CertificateFiles {
    private static final String X509 = "X.509";

    private CertificateFiles() {}

    static List<X509Certificate> certificates(byte[] bytes, String name) throws SshFormatException {
        try {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance(X509).generateCertificates(new ByteArrayInputStream(bytes));
            if (all.isEmpty()) {
                throw new SshFormatException(name + ": there is no certificate in it");
            }
            return all.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw new SshFormatException(name + ": no certificate in PEM or DER", e);
        }
    }

    static List<X509CRL> lists(byte[] bytes, String name) throws SshFormatException {
        try {
            Collection<? extends CRL> all =
                    CertificateFactory.getInstance(X509).generateCRLs(new ByteArrayInputStream(bytes));
            if (all.isEmpty()) {
                throw new SshFormatException(name + ": there is no CRL in it");
            }
            return all.stream().map(X509CRL.class::cast).toList();
        } catch (CertificateException | CRLException e) {
            throw new SshFormatException(name + ": no CRL in PEM or DER", e);
        }
    }
}

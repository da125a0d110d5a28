package org.symbolon.ssh.x509;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the JDK what CRLs or an OCSP response say about one certificate. The JDK is given all it may use, and fetches nothing:
 * neither its time nor its sizes are bounded.
 *
 * @param certificate the certificate
 * @param issuer who issued it
 * @param now when
 */
record StatusCheck(X509Certificate certificate, X509Certificate issuer, Instant now) {
    /** What is known of a certificate. */
    enum Status {
        GOOD,
        REVOKED,
        UNKNOWN
    }

    /** A status, and where it comes from or why it is not known. */
    record Answer(Status status, String why) {
        static Answer unknown(String why) {
            return new Answer(Status.UNKNOWN, why);
        }
    }

    Answer byLists(Collection<X509CRL> lists) {
        List<X509CRL> own = lists.stream()
                .filter(list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
                .toList();
        if (own.isEmpty()) {
            return Answer.unknown("no CRL of its issuer");
        }
        try {
            PKIXParameters parameters = parameters();
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(own)));
            parameters.setRevocationEnabled(true);
            return answer(parameters, "CRL");
        } catch (GeneralSecurityException e) {
            return Answer.unknown("CRL: " + e.getMessage());
        }
    }

    Answer byResponse(byte[] response) {
        try {
            PKIXRevocationChecker checker = (PKIXRevocationChecker)
                    CertPathValidator.getInstance("PKIX").getRevocationChecker();
            checker.setOcspResponses(Map.of(certificate, response));
            checker.setOptions(EnumSet.of(Option.NO_FALLBACK));
            PKIXParameters parameters = parameters();
            parameters.setRevocationEnabled(false);
            parameters.addCertPathChecker(checker);
            return answer(parameters, "OCSP");
        } catch (GeneralSecurityException e) {
            return Answer.unknown("OCSP: " + e.getMessage());
        }
    }

    private PKIXParameters parameters() throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
        parameters.setDate(Date.from(now));
        return parameters;
    }

    private Answer answer(PKIXParameters parameters, String source) throws GeneralSecurityException {
        try {
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
            return new Answer(Status.GOOD, source);
        } catch (CertPathValidatorException e) {
            boolean revoked = e.getReason() == BasicReason.REVOKED;
            return new Answer(revoked ? Status.REVOKED : Status.UNKNOWN, source + ": " + e.getMessage());
        }
    }
}

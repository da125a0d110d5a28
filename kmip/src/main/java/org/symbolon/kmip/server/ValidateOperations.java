package org.symbolon.kmip.server;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ValidityIndicator;
import org.symbolon.kmip.object.Certificate;
import org.symbolon.kmip.object.UniqueIdentifier;
import org.symbolon.kmip.operation.Validate;

/**
 * Validate (KMIP 2.1 section 6.1.61): whether certificates lead to this server's authority. Certificates that clients registered are
 * no anchors, or whoever may register could be trusted; without an authority nothing is known. Revocation is not looked at.
 */
final class ValidateOperations {
    private static final int MAX_CERTIFICATES = 16;

    private final ObjectStore store;
    private final Materials materials;

    ValidateOperations(ObjectStore store, Materials materials) {
        this.store = store;
        this.materials = materials;
    }

    void addTo(Handlers handlers) {
        handlers.add(Validate.Request.class, this::validate);
    }

    private Validate.Response validate(Validate.Request request, Batch batch) throws KmipFailure, TokenException {
        int count = request.certificates().size() + request.uniqueIdentifiers().size();
        if (count < 1 || count > MAX_CERTIFICATES) {
            throw new KmipFailure(
                    ResultReason.INVALID_FIELD, "1 to " + MAX_CERTIFICATES + " certificates are validated at a time");
        }
        List<X509Certificate> all = new ArrayList<>();
        for (Certificate certificate : request.certificates()) {
            all.add(x509(certificate.certificateValue()));
        }
        for (UniqueIdentifier id : request.uniqueIdentifiers()) {
            if (!(materials.object(store.require(batch.id(id)), null) instanceof Certificate certificate)) {
                throw new KmipFailure(ResultReason.INVALID_OBJECT_TYPE, "certificates are validated");
            }
            all.add(x509(certificate.certificateValue()));
        }
        Optional<X509Certificate> anchor =
                CertificateAuthority.certificate(store, store.semantics().authority());
        Instant at = request.validityDate() == null ? store.now() : request.validityDate();
        return new Validate.Response(
                anchor.isEmpty() ? ValidityIndicator.UNKNOWN : MacOperations.indicator(leads(all, anchor.get(), at)));
    }

    private static X509Certificate x509(Bytes der) throws KmipFailure {
        return NewObjects.parse(der)
                .orElseThrow(() -> new KmipFailure(ResultReason.INVALID_FIELD, "a certificate is no X.509"));
    }

    /** Returns whether each certificate leads to the anchor, by the others. */
    private static boolean leads(List<X509Certificate> all, X509Certificate anchor, Instant at) throws KmipFailure {
        for (X509Certificate each : all) {
            if (!each.equals(anchor) && !leads(each, all, anchor, at)) {
                return false;
            }
        }
        return true;
    }

    private static boolean leads(X509Certificate leaf, List<X509Certificate> all, X509Certificate anchor, Instant at)
            throws KmipFailure {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(Set.of(new TrustAnchor(anchor, null)), target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (CertPathBuilderException e) {
            return false; // which is the answer
        } catch (GeneralSecurityException e) {
            throw new KmipFailure(ResultReason.GENERAL_FAILURE, "the certificates cannot be validated here", e);
        }
    }
}

package org.symbolon.ssh.publickey;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.symbolon.Bytes;
import org.symbolon.TokenException;
import org.symbolon.ssh.Text;

/** The requests about certificates (RFC 7076 section 4). */
final class CertificateServer {
    /** The only format that is kept: a certificate in DER. */
    static final String X509 = "X509";

    private final SelfServiceStore store;
    private final SubsystemUser user;
    private final Packets packets;
    private final Quota quota;
    private final Namespaces namespaces;
    private final Audit audit;

    CertificateServer(SelfServiceStore store, SubsystemUser user, Packets packets, Quota quota, Namespaces namespaces) {
        this.store = store;
        this.user = user;
        this.packets = packets;
        this.quota = quota;
        this.namespaces = namespaces;
        this.audit = new Audit(user);
    }

    void add(Request.AddCertificate request) throws IOException, TokenException {
        String namespace = namespace(request.attributes());
        X509Certificate certificate = certificate(request.format(), request.blob());
        namespaces.requireToAdd(namespace);
        boolean present = store.has(user.name(), namespace, certificate);
        if (present && !request.overwrite()) {
            throw new PublicKeySubsystemException(
                    SubsystemStatus.CERTIFICATE_ALREADY_PRESENT, "the certificate is in that namespace already");
        }
        if (!present) {
            quota.requireRoomForCertificate(request.blob().length());
            store.create(namespace);
            store.add(user.name(), namespace, certificate);
        }
        audit.certificate(present ? "overwrote" : "added", fingerprint(request.blob()), namespace);
    }

    void remove(Request.RemoveCertificate request) throws IOException, TokenException {
        String namespace = namespace(request.attributes());
        namespaces.require(NamespaceRight.REMOVE, namespace);
        X509Certificate certificate = certificate(request.format(), request.blob());
        if (!store.remove(user.name(), namespace, certificate)) {
            throw new PublicKeySubsystemException(
                    SubsystemStatus.CERTIFICATE_NOT_FOUND, "you have no such certificate in that namespace");
        }
        audit.certificate("removed", fingerprint(request.blob()), namespace);
    }

    void list(Request.ListCertificates request) throws IOException, TokenException {
        for (String namespace : namespaces.visible(
                KeyAttributes.ofNamespace(request.attributes()).namespace())) {
            List<KeyAttribute> attributes = List.of(KeyAttribute.critical(KeyAttribute.NAMESPACE, namespace));
            store.visit(
                    user.name(),
                    namespace,
                    der -> packets.write(new Answer.Certificate(X509, Bytes.wrap(der), attributes).encode()));
        }
    }

    private static String namespace(List<KeyAttribute> attributes) throws PublicKeySubsystemException {
        return KeyAttributes.ofNamespace(attributes)
                .namespace()
                .orElseThrow(() -> new PublicKeySubsystemException(
                        SubsystemStatus.ATTRIBUTE_NOT_SUPPORTED, "the attribute namespace is missing"));
    }

    /** The certificate, if it is in DER and nothing stands behind it. */
    private static X509Certificate certificate(String format, Bytes blob) throws PublicKeySubsystemException {
        if (!format.equals(X509)) {
            throw refused("the format \"" + Text.quoted(format) + "\" is not kept here, only " + X509);
        }
        byte[] der = blob.toByteArray();
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (!Arrays.equals(der, certificate.getEncoded())) {
                throw refused("it is not one certificate in DER");
            }
            return certificate;
        } catch (CertificateException e) {
            throw refused("it is not a certificate in DER");
        }
    }

    private static PublicKeySubsystemException refused(String reason) {
        return new PublicKeySubsystemException(SubsystemStatus.CERTIFICATE_NOT_SUPPORTED, reason);
    }

    private static String fingerprint(Bytes der) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(der.toByteArray());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }
}

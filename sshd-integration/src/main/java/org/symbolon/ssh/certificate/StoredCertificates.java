package org.symbolon.ssh.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;

/**
 * The OpenSSH certificates that are kept beside keys in a token: data objects (CKO_DATA) with CKA_APPLICATION {@value
 * #APPLICATION}, CKA_LABEL the key's label and CKA_VALUE the certificate.
 *
 * <p>They need no protection: a certificate is signed, and only one for the key itself is ever shown with it.
 */
public final class StoredCertificates {
    /** CKA_APPLICATION of the data objects. */
    public static final String APPLICATION = "OpenSSH certificate";

    private static final Logger LOG = LoggerFactory.getLogger(StoredCertificates.class);
    private static final int MAX_CERTIFICATES = 64;

    private StoredCertificates() {}

    /**
     * Reads the certificates of a key, expired ones too. What cannot be read is left out with a warning in the log.
     *
     * @param session the session with the token
     * @param label the key's label
     * @param key the key
     * @return the certificates for exactly this key; at most 64 data objects are looked at
     * @throws TokenException if the token cannot tell
     */
    public static List<SshCertificate> of(Session session, String label, SshPublicKey key) throws TokenException {
        List<SshCertificate> certificates = new ArrayList<>();
        for (TokenObject object : session.findAll(query(label).limit(MAX_CERTIFICATES), DataRecord.READ)) {
            read(object)
                    .filter(certificate -> certificate.key().equals(key) && !certificates.contains(certificate))
                    .ifPresent(certificates::add);
        }
        return List.copyOf(certificates);
    }

    /**
     * Keeps a certificate beside its key.
     *
     * @param session the session with the token
     * @param label the key's label
     * @param certificate the certificate
     * @throws TokenException if the token refuses or fails, as those do that have no data objects
     */
    public static void add(Session session, String label, SshCertificate certificate) throws TokenException {
        session.create(DataRecord.template(APPLICATION, label, certificate.blob()));
    }

    /**
     * Takes a certificate from beside its key.
     *
     * @param session the session with the token
     * @param label the key's label
     * @param certificate the certificate
     * @return whether it was there
     * @throws TokenException if the token refuses or fails
     */
    public static boolean remove(Session session, String label, SshCertificate certificate) throws TokenException {
        boolean removed = false;
        for (TokenObject object : session.findAll(query(label).limit(MAX_CERTIFICATES), DataRecord.READ)) {
            if (read(object).filter(certificate::equals).isPresent()) {
                session.destroy(object);
                removed = true;
            }
        }
        return removed;
    }

    private static ObjectQuery query(String label) {
        return DataRecord.query(APPLICATION).label(label);
    }

    private static Optional<SshCertificate> read(TokenObject object) {
        try {
            return Optional.of(SshCertificate.parse(DataRecord.content(object)));
        } catch (SshFormatException e) {
            LOG.warn("{} is left out: {}", object.describe(), e.getMessage());
            return Optional.empty();
        }
    }
}

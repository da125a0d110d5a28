package org.symbolon.ssh.certificate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbolon.ObjectCursor;
import org.symbolon.ObjectQuery;
import org.symbolon.Session;
import org.symbolon.TokenException;
import org.symbolon.TokenObject;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshPublicKey;

/**
 * What an authority has issued: a data object for each certificate, whose label has the serial, so that one is found by an exact
 * find and names on KMIP servers are unique.
 */
final class IssuedCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(IssuedCertificates.class);
    private static final String APPLICATION = "OpenSSH CA";
    private static final String LABEL = "ssh-ca-";
    private static final int STEP = 256;

    private final Session session;
    private final SshPublicKey authority;

    IssuedCertificates(Session session, SshPublicKey authority) {
        this.session = session;
        this.authority = authority;
    }

    void add(SshCertificate certificate) throws TokenException {
        session.create(DataRecord.template(APPLICATION, label(certificate.serial()), certificate.blob()));
    }

    boolean has(long serial) throws TokenException {
        return session.findAll(query().label(label(serial)), DataRecord.READ).stream()
                .anyMatch(object -> read(object).isPresent());
    }

    List<SshCertificate> find(Predicate<SshCertificate> wanted) throws TokenException {
        List<SshCertificate> found = new ArrayList<>();
        try (ObjectCursor cursor = session.find(query(), DataRecord.READ)) {
            for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
                part.forEach(object -> read(object).filter(wanted).ifPresent(found::add));
            }
        }
        return found;
    }

    int forget(Instant before) throws TokenException {
        List<TokenObject> expired = new ArrayList<>();
        try (ObjectCursor cursor = session.find(query(), DataRecord.READ)) {
            for (List<TokenObject> part = cursor.next(STEP); !part.isEmpty(); part = cursor.next(STEP)) {
                part.stream()
                        .filter(object -> read(object)
                                .filter(certificate ->
                                        certificate.validity().until().isBefore(before))
                                .isPresent())
                        .forEach(expired::add);
            }
        }
        for (TokenObject object : expired) {
            session.destroy(object);
        }
        return expired.size();
    }

    private Optional<SshCertificate> read(TokenObject object) {
        try {
            return Optional.of(SshCertificate.parse(DataRecord.content(object)))
                    .filter(certificate -> certificate.authority().equals(authority));
        } catch (SshFormatException e) {
            LOG.warn("{} is no certificate that was issued: {}", object.describe(), e.getMessage());
            return Optional.empty();
        }
    }

    private static ObjectQuery query() {
        return DataRecord.query(APPLICATION);
    }

    private static String label(long serial) {
        return LABEL + HexFormat.of().toHexDigits(serial);
    }
}

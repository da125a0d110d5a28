package org.symbolon.ssh.x509;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.symbolon.ssh.DerReader;
import org.symbolon.ssh.SshFormatException;

/** The names in a certificate by which users are known. What is malformed names nobody. */
final class CertificateNames {
    private static final String UPN = "1.3.6.1.4.1.311.20.2.3";
    private static final int OTHER_NAME = 0;
    private static final int RFC822_NAME = 1;
    private static final int UTF8_STRING = 0x0c;
    private static final int MAX_NAMES = 100;

    private CertificateNames() {}

    /** The rfc822Names of SubjectAltName. */
    static List<String> emails(X509Certificate certificate) {
        return alternatives(certificate, RFC822_NAME).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /** The user principal names that Microsoft's directory puts into SubjectAltName. */
    static List<String> upns(X509Certificate certificate) {
        return alternatives(certificate, OTHER_NAME).stream()
                .filter(byte[].class::isInstance)
                .map(name -> upn((byte[]) name))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The values of CN in the subject. */
    static List<String> commonNames(X509Certificate certificate) {
        return subject(certificate).stream()
                .filter(rdn -> rdn.size() == 1 && rdn.getType().equalsIgnoreCase("CN"))
                .map(Rdn::getValue)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /** The subject's relative names, in the order of RFC 2253. */
    static List<Rdn> subject(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream().limit(MAX_NAMES).toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }

    private static List<Object> alternatives(X509Certificate certificate, int type) {
        List<Object> found = new ArrayList<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                names.stream()
                        .limit(MAX_NAMES)
                        .filter(name -> Integer.valueOf(type).equals(name.get(0)))
                        .forEach(name -> found.add(name.get(1)));
            }
            return found;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static Optional<String> upn(byte[] otherName) {
        try {
            DerReader outer = new DerReader(otherName, "otherName");
            DerReader name = outer.enter(outer.next(DerReader.SEQUENCE) ? DerReader.SEQUENCE : 0xa0, "name");
            if (!name.oid("type").equals(UPN)) {
                return Optional.empty();
            }
            DerReader value = name.enter(DerReader.CONTEXT_0, "value");
            DerReader inner = value.next(DerReader.CONTEXT_0) ? value.enter(DerReader.CONTEXT_0, "value") : value;
            byte[] text = inner.content(UTF8_STRING, "user principal name");
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString());
        } catch (SshFormatException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

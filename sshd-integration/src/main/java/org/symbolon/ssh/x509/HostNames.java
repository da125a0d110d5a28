package org.symbolon.ssh.x509;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.symbolon.ssh.Text;
import org.symbolon.ssh.x509.CertificateRefusedException.Reason;

/**
 * Says whether a certificate is that of the host that was meant (RFC 6187 section 4, RFC 6125 section 6.4): a dNSName, whose
 * left-most label may be {@code *}, or an iPAddress of equal octets. The subject's CN is not looked at.
 */
public final class HostNames {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private HostNames() {}

    /**
     * Checks that a certificate is a host's.
     *
     * @param certificate the host's certificate
     * @param host the name or address that the user wanted, not one that was looked up
     * @throws CertificateRefusedException if it is not; the message says whose it is
     */
    public static void require(X509Certificate certificate, String host) throws CertificateRefusedException {
        Optional<byte[]> address = IpAddress.parse(host);
        List<String> names = names(certificate, address.isPresent() ? IP_ADDRESS : DNS_NAME);
        boolean matches = address.isPresent()
                ? names.stream()
                        .map(IpAddress::parse)
                        .anyMatch(own -> own.filter(octets -> Arrays.equals(octets, address.get()))
                                .isPresent())
                : names.stream().anyMatch(pattern -> matches(pattern, host));
        if (!matches) {
            throw new CertificateRefusedException(
                    Reason.NAME,
                    certificate,
                    "it is not the one of \"" + Text.quoted(host) + "\", but of "
                            + (names.isEmpty() ? "no host at all" : Text.quoted(String.join(", ", names))));
        }
    }

    private static boolean matches(String pattern, String host) {
        String wanted = lower(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        String own = lower(pattern);
        if (!own.startsWith("*.")) {
            return !own.contains("*") && own.equals(wanted);
        }
        String parent = own.substring(1);
        int dot = wanted.indexOf('.');
        boolean twoLabels = parent.indexOf('.', 1) > 0;
        return twoLabels
                && !parent.contains("*")
                && dot > 0
                && wanted.substring(dot).equals(parent);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static List<String> names(X509Certificate certificate, int type) throws CertificateRefusedException {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            List<String> names = new ArrayList<>();
            if (all != null) {
                for (List<?> name : all) {
                    if (Integer.valueOf(type).equals(name.get(0)) && name.get(1) instanceof String text) {
                        names.add(text);
                    }
                }
            }
            return names;
        } catch (CertificateParsingException e) {
            throw new CertificateRefusedException(Reason.NAME, certificate, "its SubjectAltName is malformed", e);
        }
    }
}

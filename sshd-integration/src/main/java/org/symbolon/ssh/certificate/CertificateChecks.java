package org.symbolon.ssh.certificate;

import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.symbolon.ssh.Text;
import org.symbolon.ssh.Wildcard;

/** Whether a certificate is good for who shows it. */
final class CertificateChecks {
    private CertificateChecks() {}

    static void user(SshCertificate certificate, Collection<String> principals, Instant now)
            throws SshCertificateException {
        common(certificate, CertificateKind.USER, now);
        CertificateRestrictions.of(certificate);
        if (certificate.principals().stream().noneMatch(principals::contains)) {
            throw refused(certificate, "none of its principals fits");
        }
    }

    static void host(SshCertificate certificate, String host, Instant now) throws SshCertificateException {
        common(certificate, CertificateKind.HOST, now);
        if (!certificate.options().critical().isEmpty()) {
            throw refused(certificate, "a host certificate has no critical options, this one has");
        }
        String name = host.toLowerCase(Locale.ROOT);
        if (certificate.principals().stream()
                .noneMatch(principal -> Wildcard.matches(principal.toLowerCase(Locale.ROOT), name))) {
            throw refused(certificate, "none of its principals is the host \"" + Text.quoted(host) + "\"");
        }
    }

    static SshCertificateException refused(SshCertificate certificate, @Nullable String reason) {
        return new SshCertificateException("The " + certificate + " is refused: " + reason);
    }

    private static void common(SshCertificate certificate, CertificateKind kind, Instant now)
            throws SshCertificateException {
        if (certificate.kind() != kind) {
            throw refused(certificate, "a certificate for " + kind.name().toLowerCase(Locale.ROOT) + "s is needed");
        }
        if (!certificate.validity().begun(now)) {
            throw refused(
                    certificate,
                    "it is not yet valid, but from " + certificate.validity().from());
        }
        if (certificate.validity().ended(now)) {
            throw refused(
                    certificate, "it has expired at " + certificate.validity().until());
        }
        if (certificate.principals().isEmpty()) {
            throw refused(certificate, "it has no principals, so that it would be good for all");
        }
    }
}

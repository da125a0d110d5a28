package org.symbolon.ssh.certificate;

import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.symbolon.ssh.Text;

/** Whether a certificate is good for who shows it. */
final class CertificateChecks {
    private static final Set<String> KNOWN = Set.of(
            CertificateOptions.FORCE_COMMAND, CertificateOptions.SOURCE_ADDRESS, CertificateOptions.VERIFY_REQUIRED);

    private CertificateChecks() {}

    static void user(SshCertificate certificate, Collection<String> principals, Instant now)
            throws SshCertificateException {
        common(certificate, CertificateKind.USER, now);
        for (String name : certificate.options().critical().keySet()) {
            if (!KNOWN.contains(name)) {
                throw refused(certificate, "its critical option \"" + Text.quoted(name) + "\" is not known");
            }
        }
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
                .noneMatch(principal -> matches(principal.toLowerCase(Locale.ROOT), name))) {
            throw refused(certificate, "none of its principals is the host \"" + Text.quoted(host) + "\"");
        }
    }

    static SshCertificateException refused(SshCertificate certificate, String reason) {
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

    /** Patterns of OpenSSH: a star is any text, a question mark any character. One pass, with one place to go back to. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int star = -1;
        int resume = 0;
        int t = 0;
        while (t < text.length()) {
            char c = p < pattern.length() ? pattern.charAt(p) : '\0';
            if (c == '*' && p < pattern.length()) {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (c == '?' || c == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}

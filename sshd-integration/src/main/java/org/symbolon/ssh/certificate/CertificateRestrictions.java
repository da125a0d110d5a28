package org.symbolon.ssh.certificate;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.symbolon.Bytes;
import org.symbolon.ssh.LoginRestrictions;
import org.symbolon.ssh.LoginRestrictionsBuilder;
import org.symbolon.ssh.LoginRight;
import org.symbolon.ssh.SourcePatterns;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.Text;

/** What a login by a user certificate may do, from its options. */
final class CertificateRestrictions {
    private static final Map<String, LoginRight> PERMISSIONS = Map.of(
            CertificateOptions.PERMIT_PTY, LoginRight.PTY,
            CertificateOptions.PERMIT_PORT_FORWARDING, LoginRight.PORT_FORWARDING,
            CertificateOptions.PERMIT_AGENT_FORWARDING, LoginRight.AGENT_FORWARDING,
            CertificateOptions.PERMIT_X11_FORWARDING, LoginRight.X11_FORWARDING,
            CertificateOptions.PERMIT_USER_RC, LoginRight.USER_RC);
    private static final Set<String> FLAGS = Set.of(
            CertificateOptions.VERIFY_REQUIRED,
            CertificateOptions.NO_TOUCH_REQUIRED,
            CertificateOptions.PERMIT_PTY,
            CertificateOptions.PERMIT_PORT_FORWARDING,
            CertificateOptions.PERMIT_AGENT_FORWARDING,
            CertificateOptions.PERMIT_X11_FORWARDING,
            CertificateOptions.PERMIT_USER_RC);
    private static final Set<String> KNOWN = Set.of(
            CertificateOptions.FORCE_COMMAND, CertificateOptions.SOURCE_ADDRESS, CertificateOptions.VERIFY_REQUIRED);

    /** Addresses and CIDR blocks, as OpenSSH takes them here: no names, no wildcards. */
    private static final Pattern ADDRESSES =
            Pattern.compile("[0-9a-fA-F:.]+(/[0-9]{1,3})?(,[0-9a-fA-F:.]+(/[0-9]{1,3})?)*");

    private CertificateRestrictions() {}

    static LoginRestrictions of(SshCertificate certificate) throws SshCertificateException {
        CertificateOptions options = certificate.options();
        try {
            requireKnown(options);
            LoginRestrictionsBuilder builder = LoginRestrictions.builder()
                    .touchRequired(!options.extensions().containsKey(CertificateOptions.NO_TOUCH_REQUIRED))
                    .verifyRequired(options.critical().containsKey(CertificateOptions.VERIFY_REQUIRED));
            PERMISSIONS.forEach((name, right) -> {
                if (!options.extensions().containsKey(name)) {
                    builder.deny(right);
                }
            });
            options.criticalText(CertificateOptions.FORCE_COMMAND).ifPresent(builder::command);
            Optional<String> sources = options.criticalText(CertificateOptions.SOURCE_ADDRESS);
            if (sources.isPresent()) {
                builder.from(addresses(sources.get()));
            }
            if (!certificate.validity().until().equals(Instant.MAX)) {
                builder.expiry(certificate.validity().until());
            }
            return builder.build();
        } catch (SshFormatException | IllegalArgumentException e) {
            throw CertificateChecks.refused(certificate, e.getMessage());
        }
    }

    private static void requireKnown(CertificateOptions options) throws SshFormatException {
        for (Map.Entry<String, Bytes> option : options.critical().entrySet()) {
            if (!KNOWN.contains(option.getKey())) {
                throw new SshFormatException(
                        "its critical option \"" + Text.quoted(option.getKey()) + "\" is not known");
            }
            requireNoValue(option);
        }
        for (Map.Entry<String, Bytes> extension : options.extensions().entrySet()) {
            requireNoValue(extension);
        }
    }

    private static void requireNoValue(Map.Entry<String, Bytes> option) throws SshFormatException {
        if (FLAGS.contains(option.getKey()) && !option.getValue().isEmpty()) {
            throw new SshFormatException("its option " + option.getKey() + " has a value, which it must not have");
        }
    }

    private static SourcePatterns addresses(String list) {
        return SourcePatterns.parse(checked(list));
    }

    /** A list as OpenSSH takes it, or an error. */
    static String checked(String list) {
        if (!ADDRESSES.matcher(list).matches()) {
            throw new IllegalArgumentException(
                    "source-address is \"" + Text.quoted(list) + "\"; it is a list of addresses and CIDR blocks");
        }
        return SourcePatterns.parse(list).toString();
    }
}

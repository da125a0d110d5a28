package org.symbolon.ssh.certificate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.symbolon.ssh.Text;

/** Options of certificates as {@code ssh-keygen -O} takes them, one after the other. */
final class OptionArguments {
    private static final Map<String, String> PERMISSIONS = Map.of(
            "x11-forwarding", CertificateOptions.PERMIT_X11_FORWARDING,
            "agent-forwarding", CertificateOptions.PERMIT_AGENT_FORWARDING,
            "port-forwarding", CertificateOptions.PERMIT_PORT_FORWARDING,
            "pty", CertificateOptions.PERMIT_PTY,
            "user-rc", CertificateOptions.PERMIT_USER_RC);

    private OptionArguments() {}

    static CertificateOptions parse(List<String> arguments) {
        CertificateOptions options = CertificateOptions.userDefaults();
        for (String argument : arguments) {
            options = with(options, argument);
        }
        return options;
    }

    private static CertificateOptions with(CertificateOptions options, String argument) {
        String name = argument.toLowerCase(Locale.ROOT);
        if (name.equals("clear")) {
            return CertificateOptions.none();
        } else if (name.equals(CertificateOptions.NO_TOUCH_REQUIRED)) {
            return options.withExtension(CertificateOptions.NO_TOUCH_REQUIRED);
        } else if (name.equals(CertificateOptions.VERIFY_REQUIRED)) {
            return options.withCritical(CertificateOptions.VERIFY_REQUIRED);
        } else if (name.startsWith("no-") && PERMISSIONS.containsKey(name.substring(3))) {
            return options.withoutExtension(PERMISSIONS.getOrDefault(name.substring(3), ""));
        } else if (name.startsWith("permit-") && PERMISSIONS.containsKey(name.substring(7))) {
            return options.withExtension(PERMISSIONS.getOrDefault(name.substring(7), ""));
        }
        int equals = argument.indexOf('=');
        String value = argument.substring(equals + 1);
        if (name.startsWith("force-command=")) {
            return options.withCritical(CertificateOptions.FORCE_COMMAND, notEmpty(argument, value));
        } else if (name.startsWith("source-address=")) {
            return options.withCritical(CertificateOptions.SOURCE_ADDRESS, CertificateRestrictions.checked(value));
        } else if (name.startsWith("critical:") || name.startsWith("extension:")) {
            return withAny(options, argument, equals);
        }
        throw wrong(argument);
    }

    private static CertificateOptions withAny(CertificateOptions options, String argument, int equals) {
        boolean critical = argument.toLowerCase(Locale.ROOT).startsWith("critical:");
        String name = argument.substring(argument.indexOf(':') + 1, equals < 0 ? argument.length() : equals);
        if (equals < 0) {
            return critical ? options.withCritical(name) : options.withExtension(name);
        }
        String value = argument.substring(equals + 1);
        return critical ? options.withCritical(name, value) : options.withExtension(name, value);
    }

    private static String notEmpty(String argument, String value) {
        if (value.isEmpty()) {
            throw wrong(argument);
        }
        return value;
    }

    private static IllegalArgumentException wrong(String argument) {
        return new IllegalArgumentException("\"" + Text.quoted(argument)
                + "\" is no option of a certificate; such are clear, force-command=COMMAND, source-address=LIST,"
                + " verify-required, no-touch-required, no-pty and permit-pty (also x11-forwarding, agent-forwarding,"
                + " port-forwarding, user-rc), critical:NAME[=VALUE], extension:NAME[=VALUE]");
    }
}

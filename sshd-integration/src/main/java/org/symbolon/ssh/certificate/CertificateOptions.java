package org.symbolon.ssh.certificate;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.symbolon.Bytes;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;
import org.symbolon.ssh.Text;

/**
 * The critical options and extensions of an OpenSSH certificate, each sorted by name (PROTOCOL.certkeys). Immutable.
 *
 * <p>Who does not know a critical option must refuse the certificate; extensions that are not known are passed over.
 */
public final class CertificateOptions {
    /** The critical option with a command that runs instead of what the user asks for. */
    public static final String FORCE_COMMAND = "force-command";

    /** The critical option with a comma separated list of CIDR blocks from which the certificate may be used. */
    public static final String SOURCE_ADDRESS = "source-address";

    /** The critical option that wants a FIDO authenticator to have verified its user. */
    public static final String VERIFY_REQUIRED = "verify-required";

    /** The extension that spares users to touch their FIDO authenticator. */
    public static final String NO_TOUCH_REQUIRED = "no-touch-required";

    /** The extension that allows X11 forwarding. */
    public static final String PERMIT_X11_FORWARDING = "permit-X11-forwarding";

    /** The extension that allows agent forwarding. */
    public static final String PERMIT_AGENT_FORWARDING = "permit-agent-forwarding";

    /** The extension that allows port forwarding. */
    public static final String PERMIT_PORT_FORWARDING = "permit-port-forwarding";

    /** The extension that allows a terminal. */
    public static final String PERMIT_PTY = "permit-pty";

    /** The extension that lets {@code ~/.ssh/rc} run. */
    public static final String PERMIT_USER_RC = "permit-user-rc";

    /** The longest list of options that is read or written, in bytes. */
    public static final int MAX_BYTES = 16_384;

    private static final int MAX_OPTIONS = 64;
    private static final int MAX_NAME_BYTES = 256;
    private static final CertificateOptions NONE =
            new CertificateOptions(Collections.emptySortedMap(), Collections.emptySortedMap());

    private final SortedMap<String, Bytes> critical;
    private final SortedMap<String, Bytes> extensions;

    CertificateOptions(SortedMap<String, Bytes> critical, SortedMap<String, Bytes> extensions) {
        this.critical = Collections.unmodifiableSortedMap(new TreeMap<>(critical));
        this.extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    }

    /**
     * No options: what host certificates have, and users who may run a command without a terminal or forwarding.
     *
     * @return the same instance each time
     */
    public static CertificateOptions none() {
        return NONE;
    }

    /**
     * What {@code ssh-keygen} gives users when it is told nothing: terminal, forwardings and user rc.
     *
     * @return the five permissions
     */
    public static CertificateOptions userDefaults() {
        return NONE.withExtension(PERMIT_X11_FORWARDING)
                .withExtension(PERMIT_AGENT_FORWARDING)
                .withExtension(PERMIT_PORT_FORWARDING)
                .withExtension(PERMIT_PTY)
                .withExtension(PERMIT_USER_RC);
    }

    /**
     * Reads options of a user certificate as {@code ssh-keygen -O} takes them.
     *
     * @param arguments such as {@code force-command=uptime}, {@code source-address=10.0.0.0/8}, {@code no-pty}; later ones
     *     change what earlier ones and the {@link #userDefaults defaults} gave
     * @return the options
     * @throws IllegalArgumentException if one is not known or its value is wrong; the message names it
     */
    public static CertificateOptions parse(List<String> arguments) {
        return OptionArguments.parse(arguments);
    }

    /**
     * The critical options.
     *
     * @return an unmodifiable map from names to their data: a packed string, or nothing for a flag
     */
    public Map<String, Bytes> critical() {
        return critical;
    }

    /**
     * The extensions.
     *
     * @return an unmodifiable map from names to their data, nothing for a flag
     */
    public Map<String, Bytes> extensions() {
        return extensions;
    }

    /**
     * Adds a critical option that has no value.
     *
     * @param name its name
     * @return a copy with it
     */
    public CertificateOptions withCritical(String name) {
        return new CertificateOptions(with(critical, name, Bytes.wrap(new byte[0])), extensions);
    }

    /**
     * Adds a critical option with a value.
     *
     * @param name its name
     * @param value its text
     * @return a copy with it
     */
    public CertificateOptions withCritical(String name, String value) {
        return new CertificateOptions(with(critical, name, packed(value)), extensions);
    }

    /**
     * Adds an extension that has no value.
     *
     * @param name its name
     * @return a copy with it
     */
    public CertificateOptions withExtension(String name) {
        return new CertificateOptions(critical, with(extensions, name, Bytes.wrap(new byte[0])));
    }

    /**
     * Adds an extension with a value.
     *
     * @param name its name
     * @param value its text
     * @return a copy with it
     */
    public CertificateOptions withExtension(String name, String value) {
        return new CertificateOptions(critical, with(extensions, name, packed(value)));
    }

    /**
     * Takes an extension away.
     *
     * @param name its name
     * @return a copy without it
     */
    public CertificateOptions withoutExtension(String name) {
        SortedMap<String, Bytes> rest = new TreeMap<>(extensions);
        rest.remove(name);
        return new CertificateOptions(critical, rest);
    }

    /**
     * The text of a critical option.
     *
     * @param name its name
     * @return its value, or empty if there is no such option
     * @throws SshFormatException if its data are not one string of text
     */
    public Optional<String> criticalText(String name) throws SshFormatException {
        Bytes data = critical.get(name);
        return data == null ? Optional.empty() : Optional.of(text(name, data));
    }

    /** The names, and no values: commands may be long. */
    @Override
    public String toString() {
        return "critical " + critical.keySet() + ", extensions " + extensions.keySet();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CertificateOptions options
                && critical.equals(options.critical)
                && extensions.equals(options.extensions);
    }

    @Override
    public int hashCode() {
        return 31 * critical.hashCode() + extensions.hashCode();
    }

    /** Reads one of the two lists. */
    static SortedMap<String, Bytes> read(byte[] list, String what) throws SshFormatException {
        SortedMap<String, Bytes> options = new TreeMap<>();
        SshReader reader = new SshReader(list, what);
        while (reader.remaining() > 0) {
            int start = reader.position();
            String name = reader.name("option name", MAX_NAME_BYTES);
            if (!options.isEmpty() && options.lastKey().compareTo(name) >= 0) {
                throw reader.error("\"" + Text.quoted(name) + "\" is out of order or there twice", start);
            }
            if (options.size() == MAX_OPTIONS) {
                throw reader.error("more than " + MAX_OPTIONS + " options", start);
            }
            options.put(name, Bytes.wrap(reader.string("data of " + Text.quoted(name), MAX_BYTES)));
        }
        return options;
    }

    /** One of the two lists as it stands in a certificate. */
    static byte[] write(Map<String, Bytes> options) {
        SshWriter list = new SshWriter();
        options.forEach((name, data) -> list.string(name).string(data.toByteArray()));
        return list.toByteArray();
    }

    private static String text(String name, Bytes data) throws SshFormatException {
        SshReader reader = new SshReader(data.toByteArray(), "SSH certificate: option " + Text.quoted(name));
        String value = reader.text("value", MAX_BYTES);
        reader.end();
        if (value.indexOf('\0') >= 0) {
            throw reader.error("a zero byte is in its value", 0);
        }
        return value;
    }

    private static Bytes packed(String value) {
        if (value.indexOf('\0') >= 0 || value.length() > MAX_BYTES / 4) {
            throw new IllegalArgumentException(
                    "An option's value must have no zero byte and at most " + MAX_BYTES / 4 + " characters");
        }
        return Bytes.wrap(new SshWriter().string(value).toByteArray());
    }

    private static SortedMap<String, Bytes> with(SortedMap<String, Bytes> options, String name, Bytes data) {
        if (name.isEmpty()
                || name.length() > MAX_NAME_BYTES
                || name.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == ',')) {
            throw new IllegalArgumentException("An option's name is 1 to " + MAX_NAME_BYTES
                    + " printable ASCII characters without spaces and commas: \"" + Text.quoted(name) + "\"");
        }
        SortedMap<String, Bytes> more = new TreeMap<>(options);
        more.put(name, data);
        if (more.size() > MAX_OPTIONS || write(more).length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "A certificate has at most " + MAX_OPTIONS + " options of " + MAX_BYTES + " bytes together");
        }
        return more;
    }
}

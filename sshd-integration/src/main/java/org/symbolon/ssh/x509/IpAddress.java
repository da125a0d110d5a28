package org.symbolon.ssh.x509;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses written as numbers; names are never looked up. */
final class IpAddress {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    /** No number over 255: the JDK would look such a text up as a name. */
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private IpAddress() {}

    /** The octets, or empty where the text is a name. */
    static Optional<byte[]> parse(String text) {
        boolean number = V4.matcher(text).matches()
                || (text.contains(":") && V6.matcher(text).matches());
        if (!number) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}

package org.symbolon.ssh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An address, or a network in CIDR form: never a name, so that nothing is looked up.
 *
 * @param address the first address of the network
 * @param prefixBits how many bits an address of the network shares with it
 */
record Network(InetAddress address, int prefixBits) {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    /** No number over 255: the JDK would look such a text up as a name. */
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(" + V4.pattern() + ")?");

    /** Whether a text can only be meant as an address or a network. */
    static boolean isNetworkOrAddress(String text) {
        return text.indexOf('/') >= 0 || isAddress(text);
    }

    /** Reads an address or a network. */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash), text);
        int bits = address.getAddress().length * 8;
        int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits, text);
        Network network = new Network(address, prefix);
        if (!Arrays.equals(address.getAddress(), masked(address.getAddress(), prefix))) {
            throw new IllegalArgumentException(
                    "\"" + Text.quoted(text) + "\" is no network: its address has bits after the first " + prefix);
        }
        return network;
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        byte[] own = address.getAddress();
        return bytes.length == own.length && Arrays.equals(masked(bytes, prefixBits), own);
    }

    /** An address as text: lower case, the longest run of zero groups shortened (RFC 5952), no interface. */
    static String textOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        String full = HexFormat.of().formatHex(bytes).replaceAll("(?<=\\G.{4})(?=.)", ":");
        String[] groups = full.split(":");
        int start = -1;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            groups[i] = Integer.toHexString(Integer.parseInt(groups[i], 16));
        }
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end].equals("0")) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        if (start < 0) {
            return String.join(":", groups);
        }
        return String.join(":", Arrays.copyOfRange(groups, 0, start)) + "::"
                + String.join(":", Arrays.copyOfRange(groups, start + length, groups.length));
    }

    private static boolean isAddress(String text) {
        return V4.matcher(text).matches() || V6.matcher(text).matches();
    }

    private static InetAddress address(String text, String whole) {
        if (isAddress(text)) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("\"" + Text.quoted(whole) + "\" is no address", e);
            }
        }
        throw new IllegalArgumentException("\"" + Text.quoted(whole) + "\" is neither an address nor a network");
    }

    private static int prefix(String digits, int bits, String whole) {
        if (digits.matches("\\d{1,3}") && Integer.parseInt(digits) <= bits) {
            return Integer.parseInt(digits);
        }
        throw new IllegalArgumentException(
                "\"" + Text.quoted(whole) + "\" is no network: after the slash stands a number of bits, 0 to " + bits);
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.min(8, Math.max(0, bits - 8 * i));
            masked[i] &= (byte) (0xff00 >> kept);
        }
        return masked;
    }
}

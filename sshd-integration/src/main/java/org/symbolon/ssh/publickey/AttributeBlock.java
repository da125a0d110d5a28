package org.symbolon.ssh.publickey;

import java.util.ArrayList;
import java.util.List;
import org.symbolon.ssh.SshFormatException;
import org.symbolon.ssh.SshReader;
import org.symbolon.ssh.SshWriter;

/** A list of attributes as it stands in packets: their number, then each. */
enum AttributeBlock {
    /** With a critical flag after each value: in most requests. */
    FLAGGED,
    /** Without it: in remove-certificate and in all answers. */
    PLAIN;

    /** The most attributes of one key or certificate. */
    static final int MAX_ATTRIBUTES = 64;

    List<KeyAttribute> read(SshReader in) throws SshFormatException {
        int start = in.position();
        long count = in.uint32("number of attributes");
        if (count > MAX_ATTRIBUTES) {
            throw in.error(count + " attributes, at most " + MAX_ATTRIBUTES + " are allowed", start);
        }
        List<KeyAttribute> attributes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = in.position();
            String name = in.name("attribute name", KeyAttribute.MAX_NAME_CHARS);
            String value = in.text("attribute value", KeyAttribute.MAX_VALUE_BYTES);
            boolean critical = this == FLAGGED && in.bool("critical");
            try {
                attributes.add(new KeyAttribute(name, value, critical));
            } catch (IllegalArgumentException e) {
                throw in.error(String.valueOf(e.getMessage()), at);
            }
        }
        return List.copyOf(attributes);
    }

    /** Reads the list, which may be missing where nothing is left: then there are none. */
    List<KeyAttribute> readIfAny(SshReader in) throws SshFormatException {
        return in.remaining() == 0 ? List.of() : read(in);
    }

    SshWriter write(List<KeyAttribute> attributes, SshWriter out) {
        out.uint32(attributes.size());
        for (KeyAttribute attribute : attributes) {
            out.string(attribute.name()).string(attribute.value());
            if (this == FLAGGED) {
                out.bool(attribute.critical());
            }
        }
        return out;
    }
}

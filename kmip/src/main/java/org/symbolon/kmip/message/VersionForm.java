package org.symbolon.kmip.message;

import org.symbolon.kmip.ttlv.KmipVersion;
import org.symbolon.kmip.ttlv.MalformedTtlvException;
import org.symbolon.kmip.ttlv.Tag;
import org.symbolon.kmip.ttlv.TtlvCursor;
import org.symbolon.kmip.ttlv.TtlvEncoder;

/** A version: two numbers in a structure. */
final class VersionForm implements ValueForm {
    private static final Tag MAJOR = Tag.named("ProtocolVersionMajor");
    private static final Tag MINOR = Tag.named("ProtocolVersionMinor");

    @Override
    public void write(Tag tag, Object value, KmipVersion version, TtlvEncoder out) {
        KmipVersion written = (KmipVersion) value;
        int begun = out.begin(tag);
        out.integer(MAJOR, written.major());
        out.integer(MINOR, written.minor());
        out.end(begun);
    }

    @Override
    public Object read(TtlvCursor item, ReadContext context) throws MalformedTtlvException {
        return read(item);
    }

    static KmipVersion read(TtlvCursor item) throws MalformedTtlvException {
        int start = item.offset();
        int major = -1;
        int minor = -1;
        int outer = item.enter();
        while (item.next()) {
            if (item.tagCode() == MAJOR.code()) {
                major = item.integer();
            } else if (item.tagCode() == MINOR.code()) {
                minor = item.integer();
            }
        }
        item.leave(outer);
        if (major < 0 || minor < 0) {
            throw item.malformed(start, "it has no " + MAJOR + " and " + MINOR + " from 0 on");
        }
        return KmipVersion.of(major, minor);
    }
}

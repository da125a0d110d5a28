package org.symbolon.kmip.ttlv;

/** What a log may tell of an item: names, lengths, and the values of enumerations, numbers of 32 bits and booleans; never text or bytes. */
public final class TtlvOutline {
    private TtlvOutline() {}

    /**
     * Describes an item in one line.
     *
     * @param item any item
     * @return such as {@code BatchItem{Operation=Get RequestPayload{UniqueIdentifier(36)}}}
     */
    public static String of(Ttlv item) {
        StringBuilder text = new StringBuilder();
        describe(item, text);
        return text.toString();
    }

    private static void describe(Ttlv item, StringBuilder text) {
        text.append(item.tag());
        switch (item.type()) {
            case STRUCTURE -> {
                text.append('{');
                String separator = "";
                for (Ttlv field : ((Ttlv.Structure) item).fields()) {
                    text.append(separator);
                    describe(field, text);
                    separator = " ";
                }
                text.append('}');
            }
            case INTEGER -> text.append('=').append(((Ttlv.Int) item).value());
            case ENUMERATION -> text.append('=').append(name((Ttlv.Enumerated) item));
            case BOOLEAN -> text.append('=').append(((Ttlv.Bool) item).value());
            case TEXT_STRING -> length(((Ttlv.Text) item).utf8().length(), text);
            case BYTE_STRING -> length(((Ttlv.Octets) item).value().length(), text);
            case BIG_INTEGER -> length(((Ttlv.BigInt) item).content().length(), text);
            case LONG_INTEGER, DATE_TIME, INTERVAL, DATE_TIME_EXTENDED -> length(Long.BYTES, text);
        }
    }

    private static String name(Ttlv.Enumerated item) {
        return ValueTable.ofTag(item.tag())
                .flatMap(table -> table.value(item.value()))
                .map(ValueTable.Value::xmlName)
                .orElseGet(() -> "0x" + Integer.toHexString(item.value()));
    }

    private static void length(int bytes, StringBuilder text) {
        text.append('(').append(bytes).append(')');
    }
}

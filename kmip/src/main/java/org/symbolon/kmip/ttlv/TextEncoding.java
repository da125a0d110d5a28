package org.symbolon.kmip.ttlv;

/** Where XML and JSON write the same value differently (Additional Message Encodings 1.0 sections 4 and 5). */
enum TextEncoding {
    XML(" "),
    JSON("|");

    private static final long FIRST_INEXACT = 1L << 52;

    private final String maskSeparator;

    TextEncoding(String maskSeparator) {
        this.maskSeparator = maskSeparator;
    }

    String maskSeparator() {
        return maskSeparator;
    }

    /** {@return whether a number must be written as a hexadecimal text, because readers would round it} */
    boolean isInexact(long value) {
        return this == JSON && (value >= FIRST_INEXACT || value <= -FIRST_INEXACT);
    }
}

package org.symbolon.soft.engine;

import org.symbolon.HashAlgorithm;

/** The JCA's names of HMACs. */
final class Macs {
    private Macs() {}

    /** Returns {@code HmacSHA256}, {@code HmacSHA3-256} and their like. */
    static String hmac(HashAlgorithm hash) {
        return "Hmac" + hash.jcaName().replaceFirst("^SHA-", "SHA");
    }
}

package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Block Cipher Mode, an enumeration of the standard; other values are legal.
 *
 * @param value the number, unsigned, on the wire
 */
public record BlockCipherMode(int value) implements KmipEnumeration {
    private static final ValueTable TABLE = ValueTable.of("BlockCipherMode");

    /** CBC. */
    public static final BlockCipherMode CBC = named("CBC");

    /** ECB. */
    public static final BlockCipherMode ECB = named("ECB");

    /** PCBC. */
    public static final BlockCipherMode PCBC = named("PCBC");

    /** CFB. */
    public static final BlockCipherMode CFB = named("CFB");

    /** OFB. */
    public static final BlockCipherMode OFB = named("OFB");

    /** CTR. */
    public static final BlockCipherMode CTR = named("CTR");

    /** CMAC. */
    public static final BlockCipherMode CMAC = named("CMAC");

    /** CCM. */
    public static final BlockCipherMode CCM = named("CCM");

    /** GCM. */
    public static final BlockCipherMode GCM = named("GCM");

    /** CBC-MAC. */
    public static final BlockCipherMode CBC_MAC = named("CBC_MAC");

    /** XTS. */
    public static final BlockCipherMode XTS = named("XTS");

    /** AESKeyWrapPadding. */
    public static final BlockCipherMode AES_KEY_WRAP_PADDING = named("AESKeyWrapPadding");

    /** NISTKeyWrap. */
    public static final BlockCipherMode NIST_KEY_WRAP = named("NISTKeyWrap");

    /** X9.102 AESKW. */
    public static final BlockCipherMode X9_102_AESKW = named("X9_102AESKW");

    /** X9.102 TDKW. */
    public static final BlockCipherMode X9_102_TDKW = named("X9_102TDKW");

    /** X9.102 AKW1. */
    public static final BlockCipherMode X9_102_AKW1 = named("X9_102AKW1");

    /** X9.102 AKW2. */
    public static final BlockCipherMode X9_102_AKW2 = named("X9_102AKW2");

    /** AEAD. */
    public static final BlockCipherMode AEAD = named("AEAD");

    /**
     * Returns the value that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static BlockCipherMode named(String xmlName) {
        return new BlockCipherMode(TABLE.require(xmlName));
    }

    @Override
    public ValueTable table() {
        return TABLE;
    }

    @Override
    public String toString() {
        return xmlName();
    }
}

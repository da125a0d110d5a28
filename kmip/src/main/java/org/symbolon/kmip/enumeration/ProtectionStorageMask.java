package org.symbolon.kmip.enumeration;

import org.symbolon.kmip.ttlv.ValueTable;

/**
 * Protection Storage Mask, a mask of the standard; other values are legal.
 *
 * @param value the bits on the wire
 */
public record ProtectionStorageMask(int value) implements KmipMask {
    private static final ValueTable TABLE = ValueTable.of("ProtectionStorageMask");

    /** Software. */
    public static final ProtectionStorageMask SOFTWARE = named("Software");

    /** Hardware. */
    public static final ProtectionStorageMask HARDWARE = named("Hardware");

    /** On Processor. */
    public static final ProtectionStorageMask ON_PROCESSOR = named("OnProcessor");

    /** On System. */
    public static final ProtectionStorageMask ON_SYSTEM = named("OnSystem");

    /** Off System. */
    public static final ProtectionStorageMask OFF_SYSTEM = named("OffSystem");

    /** Hypervisor. */
    public static final ProtectionStorageMask HYPERVISOR = named("Hypervisor");

    /** Operating System. */
    public static final ProtectionStorageMask OPERATING_SYSTEM = named("OperatingSystem");

    /** Container. */
    public static final ProtectionStorageMask CONTAINER = named("Container");

    /** On Premises. */
    public static final ProtectionStorageMask ON_PREMISES = named("OnPremises");

    /** Off Premises. */
    public static final ProtectionStorageMask OFF_PREMISES = named("OffPremises");

    /** Self Managed. */
    public static final ProtectionStorageMask SELF_MANAGED = named("SelfManaged");

    /** Outsourced. */
    public static final ProtectionStorageMask OUTSOURCED = named("Outsourced");

    /** Validated. */
    public static final ProtectionStorageMask VALIDATED = named("Validated");

    /** Same Jurisdiction. */
    public static final ProtectionStorageMask SAME_JURISDICTION = named("SameJurisdiction");

    /**
     * Returns the bit that the standard gives a name.
     *
     * @param xmlName the name in XML and JSON
     * @return it
     * @throws IllegalArgumentException if the standard has no such name
     */
    public static ProtectionStorageMask named(String xmlName) {
        return new ProtectionStorageMask(TABLE.require(xmlName));
    }

    /**
     * Returns bits together.
     *
     * @param bits any masks
     * @return the mask that has the bits of all
     */
    public static ProtectionStorageMask of(ProtectionStorageMask... bits) {
        return new ProtectionStorageMask(KmipMask.together(bits));
    }

    @Override
    public ValueTable table() {
        return TABLE;
    }

    @Override
    public String toString() {
        return names();
    }
}

package org.symbolon;

/**
 * What a slot says of itself (CK_SLOT_INFO).
 *
 * @param slotId its number in the module; stable while the module is open, no longer
 * @param description what it is
 * @param manufacturer who made it
 */
public record SlotInfo(long slotId, String description, String manufacturer) {}

package org.symbolon.kmip;

import org.symbolon.kmip.object.Attributes;
import org.symbolon.kmip.object.UniqueIdentifier;

/**
 * An object that was looked for, and that is what was looked for.
 *
 * @param id its identifier
 * @param attributes what the server says of it: at least what was looked for, and what was to be read
 */
public record FoundObject(UniqueIdentifier id, Attributes attributes) {}

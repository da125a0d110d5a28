package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.LinkType;

/** Link (KMIP 1.0 to 2.1). */
public record Link(LinkType linkType, UniqueIdentifier linkedObjectIdentifier) {}

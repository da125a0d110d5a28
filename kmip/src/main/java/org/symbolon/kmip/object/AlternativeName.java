package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.AlternativeNameType;

/** Alternative Name (KMIP 1.2 to 2.1). */
public record AlternativeName(String alternativeNameValue, AlternativeNameType alternativeNameType) {}

package org.symbolon.kmip.object;

import org.symbolon.kmip.enumeration.RotateNameType;

/** Rotate Name (KMIP 2.1). */
public record RotateName(String rotateNameValue, RotateNameType rotateNameType) {}

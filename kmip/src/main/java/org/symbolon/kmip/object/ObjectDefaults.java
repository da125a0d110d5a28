package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ObjectType;

/** Object Defaults (KMIP 2.0 to 2.1). */
public record ObjectDefaults(
        @Nullable ObjectType objectType,
        @Nullable ObjectTypes objectTypes,
        Attributes attributes,
        @Nullable ObjectGroups objectGroups) {}

package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.ItemType;

/** Extension Information (KMIP 1.1 to 2.1). */
public record ExtensionInformation(
        String extensionName,
        @Nullable Integer extensionTag,
        @Nullable ItemType extensionType,
        @Nullable Integer extensionEnumeration,
        @Nullable Boolean extensionAttribute,
        @Nullable Integer extensionParentStructureTag,
        @Nullable String extensionDescription) {}

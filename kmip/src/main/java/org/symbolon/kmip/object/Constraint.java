package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;

/** Constraint (KMIP 2.1). */
public record Constraint(
        @Nullable ObjectTypes objectTypes, @Nullable ObjectGroups objectGroups, Attributes attributes) {}

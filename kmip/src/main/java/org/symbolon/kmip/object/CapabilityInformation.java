package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.kmip.enumeration.DestroyAction;
import org.symbolon.kmip.enumeration.RngMode;
import org.symbolon.kmip.enumeration.ShreddingAlgorithm;
import org.symbolon.kmip.enumeration.UnwrapMode;

/** Capability Information (KMIP 1.3 to 2.1). */
public record CapabilityInformation(
        @Nullable Boolean streamingCapability,
        @Nullable Boolean asynchronousCapability,
        @Nullable Boolean attestationCapability,
        @Nullable Boolean batchUndoCapability,
        @Nullable Boolean batchContinueCapability,
        @Nullable UnwrapMode unwrapMode,
        @Nullable DestroyAction destroyAction,
        @Nullable ShreddingAlgorithm shreddingAlgorithm,
        @Nullable RngMode rngMode,
        @Nullable Boolean quantumSafeCapability) {}

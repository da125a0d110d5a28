package org.symbolon.kmip.object;

import java.time.Instant;
import org.symbolon.Bytes;
import org.symbolon.kmip.enumeration.Operation;
import org.symbolon.kmip.enumeration.ProcessingStage;

/** Asynchronous Request (KMIP 2.1). */
public record AsynchronousRequest(
        Bytes asynchronousCorrelationValue,
        Operation operation,
        Instant submissionDate,
        ProcessingStage processingStage) {}

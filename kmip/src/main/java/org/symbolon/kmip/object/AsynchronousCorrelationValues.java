package org.symbolon.kmip.object;

import org.jspecify.annotations.Nullable;
import org.symbolon.Bytes;

/** Asynchronous Correlation Values (KMIP 2.1). */
public record AsynchronousCorrelationValues(@Nullable Bytes asynchronousCorrelationValue) {}

package org.symbolon.kmip.operation;

/**
 * What an operation asks: its request payload.
 *
 * @param <R> what comes back
 */
public interface KmipRequest<R extends KmipResponse> {}

package org.symbolon.kmip.server;

import org.symbolon.TokenException;
import org.symbolon.kmip.operation.KmipRequest;
import org.symbolon.kmip.operation.KmipResponse;

/**
 * Does an operation.
 *
 * @param <Q> the requests
 * @param <R> the responses
 */
@FunctionalInterface
interface OperationHandler<Q extends KmipRequest<R>, R extends KmipResponse> {
    /** Does what is asked. */
    R handle(Q request, Batch batch) throws KmipFailure, TokenException;
}

package org.symbolon.kmip.message;

import java.util.List;

/**
 * A request: one or more operations.
 *
 * @param header what is said of all
 * @param items the operations, as many as the header says
 */
public record RequestMessage(RequestHeader header, List<RequestBatchItem> items) {
    public RequestMessage {
        items = List.copyOf(items);
    }
}

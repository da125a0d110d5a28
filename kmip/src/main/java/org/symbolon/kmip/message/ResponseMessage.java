package org.symbolon.kmip.message;

import java.util.List;

/**
 * A response: what came of the operations.
 *
 * @param header what is said of all
 * @param items what came of each; fewer than were asked for where the batch stopped
 */
public record ResponseMessage(ResponseHeader header, List<ResponseBatchItem> items) {
    public ResponseMessage {
        items = List.copyOf(items);
    }
}

package org.symbolon.remote.oncrpc;

import java.util.Optional;

/**
 * Who calls, as the ticket says it.
 *
 * @param principal the client's principal, such as {@code alice@EXAMPLE.ORG}
 * @param delegate the service that acts for the principal, where the ticket tells it
 */
public record GssCaller(String principal, Optional<String> delegate) {}

package org.symbolon.kmip.server;

/**
 * Who sends a request.
 *
 * @param subject the name that the transport proved, such as a certificate's subject
 */
record Caller(String subject) {}

/** The server: requests through its machine, without and with sockets. */
@org.jspecify.annotations.NullMarked
package org.symbolon.kmip.server;

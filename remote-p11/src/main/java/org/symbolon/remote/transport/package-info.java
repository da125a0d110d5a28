/**
 * How the bytes of a remote token travel: over a unix socket, to a process of our own, or over TLS. Nothing here knows what
 * the bytes mean.
 */
@NullMarked
package org.symbolon.remote.transport;

import org.jspecify.annotations.NullMarked;

/**
 * Remote PKCS #11: a module behind a socket as a token, and a token served to PKCS #11 programs. This version
 * reads and writes the messages of p11-kit's RPC; nothing is connected yet.
 */
@NullMarked
package org.symbolon.remote;

import org.jspecify.annotations.NullMarked;

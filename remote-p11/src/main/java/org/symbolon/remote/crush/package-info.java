/**
 * The ONC RPC program of Caml Crush (program 4, version 3), which its servers and client libraries speak without any
 * authentication of their own: PKCS #11 2.20 with attributes as they are in the memory of the client.
 */
@NullMarked
package org.symbolon.remote.crush;

import org.jspecify.annotations.NullMarked;

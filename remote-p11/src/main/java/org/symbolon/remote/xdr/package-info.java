/**
 * The messages of PKCS #11 as the ONC RPC program that {@code pkcs11.x} describes: the same calls as p11-kit's, with typed
 * attributes and the structures of mechanisms.
 */
@NullMarked
package org.symbolon.remote.xdr;

import org.jspecify.annotations.NullMarked;

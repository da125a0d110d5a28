/**
 * Remote PKCS #11: a module behind a socket as a token, and a token served to PKCS #11 programs. This version has nothing in
 * it yet; the package keeps the module's name and place.
 */
@NullMarked
package org.symbolon.remote;

import org.jspecify.annotations.NullMarked;

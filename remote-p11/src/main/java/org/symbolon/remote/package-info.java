/** Remote PKCS #11: a module behind a socket as a token, and a token served to PKCS #11 programs. */
@NullMarked
package org.symbolon.remote;

import org.jspecify.annotations.NullMarked;

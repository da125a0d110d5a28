/**
 * Keys between KMIP and PKCS #11, for the server and for the token alike: their forms on the wire, their numbers, their attributes and
 * what they may be used for.
 */
@NullMarked
package org.symbolon.kmip.key;

import org.jspecify.annotations.NullMarked;

/**
 * KMIP: a server's managed objects as a token, and a token served to KMIP clients. This version has nothing in it yet; the
 * package keeps the module's name and place.
 */
@NullMarked
package org.symbolon.kmip;

import org.jspecify.annotations.NullMarked;

/** KMIP: a server's managed objects as a token, and a token served to KMIP clients. */
@NullMarked
package org.symbolon.kmip;

import org.jspecify.annotations.NullMarked;

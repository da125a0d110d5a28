/** The JCA provider {@code Symbolon}: token keys as ordinary {@code KeyStore} and {@code Signature} objects. */
@NullMarked
package org.symbolon.jca;

import org.jspecify.annotations.NullMarked;

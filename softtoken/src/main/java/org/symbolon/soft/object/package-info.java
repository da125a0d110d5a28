/** PKCS #11's rules for objects, driven by the attribute table. */
@NullMarked
package org.symbolon.soft.object;

import org.jspecify.annotations.NullMarked;

/** Keys on a KMIP server. */
@NullMarked
package org.symbolon.examples.kmip;

import org.jspecify.annotations.NullMarked;

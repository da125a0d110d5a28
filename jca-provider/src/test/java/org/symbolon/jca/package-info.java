/** Tests of the JCA provider. */
@NullMarked
package org.symbolon.jca;

import org.jspecify.annotations.NullMarked;

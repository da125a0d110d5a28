/** The JCA provider. */
@NullMarked
package org.symbolon.examples.jca;

import org.jspecify.annotations.NullMarked;

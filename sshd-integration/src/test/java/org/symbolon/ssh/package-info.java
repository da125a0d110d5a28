/** Tests of SSH's formats. */
@NullMarked
package org.symbolon.ssh;

import org.jspecify.annotations.NullMarked;

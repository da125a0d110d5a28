/** Soft tokens: the keys live encrypted in a database or in memory. */
@NullMarked
package org.symbolon.soft;

import org.jspecify.annotations.NullMarked;

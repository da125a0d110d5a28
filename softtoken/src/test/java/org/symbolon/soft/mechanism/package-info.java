/** The mechanisms, each against an implementation or vectors that nobody here wrote. */
@NullMarked
package org.symbolon.soft.mechanism;

import org.jspecify.annotations.NullMarked;

/** Every example runs. */
@NullMarked
package org.symbolon.examples;

import org.jspecify.annotations.NullMarked;

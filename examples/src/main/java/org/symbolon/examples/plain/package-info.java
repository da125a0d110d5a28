/** The plain API. */
@NullMarked
package org.symbolon.examples.plain;

import org.jspecify.annotations.NullMarked;

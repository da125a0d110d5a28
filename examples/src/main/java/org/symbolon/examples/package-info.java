/** Programs that use Symbolon, each one a class to run; and the token in memory that they share. */
@NullMarked
package org.symbolon.examples;

import org.jspecify.annotations.NullMarked;

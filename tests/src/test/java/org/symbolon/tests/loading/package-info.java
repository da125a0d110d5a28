/** Symbolon on the class path, on the module path, in nested jars and under servlet containers' class loaders. */
@NullMarked
package org.symbolon.tests.loading;

import org.jspecify.annotations.NullMarked;

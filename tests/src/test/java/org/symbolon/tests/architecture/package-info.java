/** The house holds together: who may know whom, what types are called, what the public API is. */
@NullMarked
package org.symbolon.tests.architecture;

import org.jspecify.annotations.NullMarked;

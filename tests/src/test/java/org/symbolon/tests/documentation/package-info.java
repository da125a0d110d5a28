/** Tests that hold the documentation to the code. */
@NullMarked
package org.symbolon.tests.documentation;

import org.jspecify.annotations.NullMarked;

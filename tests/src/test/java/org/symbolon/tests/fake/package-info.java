/** A whole backend in one file, and what shows that it needs an edit nowhere else. */
@NullMarked
package org.symbolon.tests.fake;

import org.jspecify.annotations.NullMarked;

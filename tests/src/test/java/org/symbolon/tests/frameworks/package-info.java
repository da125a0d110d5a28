/** Frameworks that use keys of a token through the JCA, each for real, and the table of what works. */
@NullMarked
package org.symbolon.tests.frameworks;

import org.jspecify.annotations.NullMarked;

/** KMIP with peers that nobody here wrote. */
@NullMarked
package org.symbolon.tests.kmip;

import org.jspecify.annotations.NullMarked;

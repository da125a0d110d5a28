/** The speed of KMIP: the codec alone, and clients at servers. */
@NullMarked
package org.symbolon.tests.bench.kmip;

import org.jspecify.annotations.NullMarked;

/** The KMIP reference: byte vectors, and the test cases that OASIS published. */
@NullMarked
package org.symbolon.kmip.reference;

import org.jspecify.annotations.NullMarked;

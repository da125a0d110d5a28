/**
 * The operations of KMIP 1.0 to 2.1, each a request and a response (KMIP 2.1 section 6).
 *
 * <p>One record serves every version: which fields it may carry in which version, and in what order, stands in the table
 * {@code structures.tsv}. A null is a field that is left out.
 */
@NullMarked
package org.symbolon.kmip.operation;

import org.jspecify.annotations.NullMarked;

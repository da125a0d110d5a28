/**
 * The enumerations and masks of KMIP 1.0 to 2.1 as open types: each has a constant for what the standard names, and takes values of
 * vendors and of later versions as numbers.
 *
 * <p>The numbers are not written here: constants read them from the table {@code enumerations.tsv} by their names in XML.
 */
@NullMarked
package org.symbolon.kmip.enumeration;

import org.jspecify.annotations.NullMarked;

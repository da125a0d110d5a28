/** The soft token, in each of its stores, keeps every contract. */
@NullMarked
package org.symbolon.tests.soft;

import org.jspecify.annotations.NullMarked;

/**
 * What every token does, whichever backend it comes from.
 *
 * <p>A backend's test extends {@link org.symbolon.tests.contract.TokenContracts} and supplies one
 * {@link org.symbolon.tests.contract.TokenFixture}; what the backend cannot do is an exclusion with its reason, and an
 * exclusion that is needed no longer fails.
 */
@NullMarked
package org.symbolon.tests.contract;

import org.jspecify.annotations.NullMarked;

/**
 * What a backend implements and a decorator wraps.
 *
 * <p>A backend is a {@link org.symbolon.spi.ModuleFactory}, named in {@code META-INF/services} and in its module
 * descriptor, that makes a {@link org.symbolon.spi.ModuleSpi}, and so on down to a
 * {@link org.symbolon.spi.SessionSpi}. All operations are {@link org.symbolon.spi.Request} records: a session has the
 * three methods {@code perform}, {@code performAll} and {@code start} for whatever exists now or later, and a decorator
 * overrides these three.
 *
 * <p>Nulls: no parameter and no result is null unless it says so.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package org.symbolon.spi;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

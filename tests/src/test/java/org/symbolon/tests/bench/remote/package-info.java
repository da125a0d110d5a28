/** {@code tests/bench remote}: signing through sockets, beside p11-kit and SoftHSM 2. */
@NullMarked
package org.symbolon.tests.bench.remote;

import org.jspecify.annotations.NullMarked;

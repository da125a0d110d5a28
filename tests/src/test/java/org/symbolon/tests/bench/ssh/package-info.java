/** {@code tests/bench ssh}: logins, look-ups and signatures of SSH. */
@NullMarked
package org.symbolon.tests.bench.ssh;

import org.jspecify.annotations.NullMarked;

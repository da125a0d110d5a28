/** Tokens that our server serves, used by programs that load p11-kit-client.so and know nothing of us. */
@NullMarked
package org.symbolon.tests.remote.server;

import org.jspecify.annotations.NullMarked;

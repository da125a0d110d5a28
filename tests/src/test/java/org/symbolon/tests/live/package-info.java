/** Tokens that lose their sessions, connections and servers, and what goes on working. */
@NullMarked
package org.symbolon.tests.live;

import org.jspecify.annotations.NullMarked;

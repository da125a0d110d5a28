/** SSH with tokens: authorized keys looked up, host keys and user keys used, keys never leaving. */
@NullMarked
package org.symbolon.ssh;

import org.jspecify.annotations.NullMarked;

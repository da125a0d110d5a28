/** SSH with keys in tokens, against the SSH that everybody has. */
@NullMarked
package org.symbolon.tests.ssh;

import org.jspecify.annotations.NullMarked;

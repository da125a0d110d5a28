/** {@code ./symbolon} as people start it: a process of its own, from a clone. */
@NullMarked
package org.symbolon.tests.commandline;

import org.jspecify.annotations.NullMarked;

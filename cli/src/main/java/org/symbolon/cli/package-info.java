/** The command line. */
@NullMarked
package org.symbolon.cli;

import org.jspecify.annotations.NullMarked;

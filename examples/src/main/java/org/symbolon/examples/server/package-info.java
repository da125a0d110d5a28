/** An SSH server with Apache MINA. */
@NullMarked
package org.symbolon.examples.server;

import org.jspecify.annotations.NullMarked;

/** An SSH client with Apache MINA. */
@NullMarked
package org.symbolon.examples.client;

import org.jspecify.annotations.NullMarked;

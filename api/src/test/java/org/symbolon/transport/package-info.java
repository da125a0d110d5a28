@NullMarked
package org.symbolon.transport;

import org.jspecify.annotations.NullMarked;

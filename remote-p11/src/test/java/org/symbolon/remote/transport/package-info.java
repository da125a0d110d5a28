@NullMarked
package org.symbolon.remote.transport;

import org.jspecify.annotations.NullMarked;

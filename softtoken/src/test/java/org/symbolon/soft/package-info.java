@NullMarked
package org.symbolon.soft;

import org.jspecify.annotations.NullMarked;

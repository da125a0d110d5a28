@NullMarked
package org.symbolon.soft.object;

import org.jspecify.annotations.NullMarked;

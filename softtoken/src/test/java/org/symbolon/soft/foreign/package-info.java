@NullMarked
package org.symbolon.soft.foreign;

import org.jspecify.annotations.NullMarked;

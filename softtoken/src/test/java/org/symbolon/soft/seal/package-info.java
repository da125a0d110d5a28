@NullMarked
package org.symbolon.soft.seal;

import org.jspecify.annotations.NullMarked;

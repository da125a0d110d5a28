@NullMarked
package org.symbolon.soft.store;

import org.jspecify.annotations.NullMarked;

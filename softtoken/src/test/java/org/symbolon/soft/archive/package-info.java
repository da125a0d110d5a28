@NullMarked
package org.symbolon.soft.archive;

import org.jspecify.annotations.NullMarked;

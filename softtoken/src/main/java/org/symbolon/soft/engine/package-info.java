/** The mechanisms, over JCA providers used as instances and never registered. */
@NullMarked
package org.symbolon.soft.engine;

import org.jspecify.annotations.NullMarked;

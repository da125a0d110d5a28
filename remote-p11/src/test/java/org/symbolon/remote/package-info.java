@NullMarked
package org.symbolon.remote;

import org.jspecify.annotations.NullMarked;

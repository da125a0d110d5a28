@NullMarked
package org.symbolon.remote.oncrpc;

import org.jspecify.annotations.NullMarked;

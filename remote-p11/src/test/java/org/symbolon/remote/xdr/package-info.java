@NullMarked
package org.symbolon.remote.xdr;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.symbolon.remote.rpc;

import org.jspecify.annotations.NullMarked;

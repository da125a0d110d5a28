@NullMarked
package org.symbolon.remote.client;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.symbolon.kmip.ttlv;

import org.jspecify.annotations.NullMarked;

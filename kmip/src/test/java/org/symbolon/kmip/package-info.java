@NullMarked
package org.symbolon.kmip;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.symbolon.kmip.message;

import org.jspecify.annotations.NullMarked;

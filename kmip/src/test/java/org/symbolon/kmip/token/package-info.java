@NullMarked
package org.symbolon.kmip.token;

import org.jspecify.annotations.NullMarked;

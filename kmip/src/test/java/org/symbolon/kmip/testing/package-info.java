@org.jspecify.annotations.NullMarked
package org.symbolon.kmip.testing;

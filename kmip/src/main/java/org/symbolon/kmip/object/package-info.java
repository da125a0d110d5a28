/** What KMIP keeps and says of it: managed objects, key blocks, attributes and the structures in them (KMIP 2.1 sections 2 to 5). */
@NullMarked
package org.symbolon.kmip.object;

import org.jspecify.annotations.NullMarked;

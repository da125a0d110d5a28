/** Messages: headers, batches, and how records become items and items records. */
@NullMarked
package org.symbolon.kmip.message;

import org.jspecify.annotations.NullMarked;

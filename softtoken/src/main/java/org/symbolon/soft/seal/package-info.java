/** Keys and seals: from a PIN to the token's keys, from those to sealed records and a signed manifest. */
@NullMarked
package org.symbolon.soft.seal;

import org.jspecify.annotations.NullMarked;

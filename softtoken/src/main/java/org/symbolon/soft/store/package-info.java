/** The database: connections, transactions, schema and rows. Knows SQL and no cryptography. */
@NullMarked
package org.symbolon.soft.store;

import org.jspecify.annotations.NullMarked;
